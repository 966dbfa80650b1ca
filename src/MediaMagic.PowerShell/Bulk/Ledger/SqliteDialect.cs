using System;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Files;
using Microsoft.Data.Sqlite;

namespace MediaMagic.Bulk;

/// <summary>A ledger in a file, which many processes of one machine may use at once.</summary>
internal sealed class SqliteDialect(LedgerAddress address) : LedgerDialect(address)
{
    // Others are waited for in short steps, by LedgerPatience, which can be stopped.
    private const int BusyMilliseconds = 100;
    private const int CommandSeconds = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // What may hold what is not in the file yet.
    private static readonly string[] s_beside = ["-wal", "-journal"];
    private static readonly object s_native = new();
    private static bool s_loaded;

    public override string Now => "cast(unixepoch('subsec') * 1000 as integer)";

    public override string? CountAllTables => "select count(*) from sqlite_master where type = 'table'";

    public override async Task<DbConnection> OpenAsync(bool create, CancellationToken stop)
    {
        LoadNative();
        if (!create)
        {
            return File.Exists(Address.File)
                ? await OpenToReadAsync(Address.File!, stop).ConfigureAwait(false)
                : throw new MediaMagicException(LedgerErrors.NotFound(Address.Shown));
        }

        if (!Address.IsPrivate)
        {
            // An empty file is an empty database, and what SQLite puts beside it has the same rights.
            PrivateFile.Create(Address.File!);
        }

        SqliteConnection connection = await ConnectAsync(Address.File!, SqliteOpenMode.ReadWriteCreate, stop).ConfigureAwait(false);
        return await SetAsync(connection, Address.IsPrivate ? PrivateSettings : SharedSettings, stop).ConfigureAwait(false);
    }

    public override DbTransaction Begin(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public override ILedgerRunner RunnerOf(DbConnection connection) => new OneByOneRunner(this, (SqliteConnection)connection);

    // A transaction that begins as one that writes is alone already.
    public override Task LockTablesAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop) => Task.CompletedTask;

    public override string CountTables(string name) => $"select count(*) from sqlite_master where type = 'table' and name = '{name}'";

    public override LedgerFault FaultOf(Exception failure) => failure is not SqliteException sqlite ? LedgerFault.Other : sqlite.SqliteErrorCode switch
    {
        Busy or Locked => LedgerFault.Conflict,
        Corrupt or NotADatabase => LedgerFault.Damaged,
        Full => LedgerFault.Full,
        _ => LedgerFault.Refused,
    };

    // Written through at every commit: what is said to be stored outlives a power cut, too.
    private static string SharedSettings => $"pragma busy_timeout = {BusyMilliseconds}; pragma journal_mode = wal; pragma synchronous = full";

    private static string PrivateSettings => "pragma journal_mode = off; pragma synchronous = off; pragma temp_store = file";

    // The first statement has SQLite open what is beside the file, and its failure is the one that is told.
    private static string ReadSettings => $"select count(*) from sqlite_master; pragma busy_timeout = {BusyMilliseconds}; pragma query_only = on";

    // To read a file SQLite wants others beside it, which it cannot make in a closed folder, and which one who may not write the file would leave
    // there, in the way of who may. Where they are not there nobody writes the file, and it is read without them.
    private static async Task<DbConnection> OpenToReadAsync(string file, CancellationToken stop)
    {
        SqliteConnection connection = await ConnectAsync(file, SqliteOpenMode.ReadWrite, stop).ConfigureAwait(false);
        try
        {
            if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 0 || !IsAlone(file, orEmpty: false))
            {
                return await SetAsync(connection, ReadSettings, stop).ConfigureAwait(false);
            }

            connection.Dispose();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is ReadOnly or CannotOpen && IsAlone(file, orEmpty: true))
        {
        }

        connection = await ConnectAsync(Immutable(file), SqliteOpenMode.ReadOnly, stop).ConfigureAwait(false);
        return await SetAsync(connection, ReadSettings, stop).ConfigureAwait(false);
    }

    private static async Task<SqliteConnection> ConnectAsync(string source, SqliteOpenMode mode, CancellationToken stop)
    {
        SqliteConnectionStringBuilder text = new() { DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = CommandSeconds };
        SqliteConnection connection = new(text.ConnectionString);
        try
        {
            await connection.OpenAsync(stop).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static async Task<DbConnection> SetAsync(SqliteConnection connection, string settings, CancellationToken stop)
    {
        try
        {
            using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant.
            command.CommandText = settings;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsAlone(string file, bool orEmpty)
    {
        string real = LinkTarget.Of(file);
        return !Array.Exists(s_beside, ending => new FileInfo(real + ending) is { Exists: true } other && (other.Length > 0 || !orEmpty));
    }

    private static string Immutable(string file) =>
        $"file://{(file.StartsWith('/') ? null : '/')}{string.Join("/", file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString))}?immutable=1";

    private static void LoadNative()
    {
        lock (s_native)
        {
            if (!s_loaded)
            {
                SQLitePCL.Batteries_V2.Init();
                s_loaded = true;
            }
        }
    }
}
