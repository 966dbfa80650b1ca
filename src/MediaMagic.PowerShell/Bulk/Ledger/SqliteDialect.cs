using System;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Files;
using MediaMagic.IO;
using Microsoft.Data.Sqlite;

namespace MediaMagic.Bulk;

/// <summary>A ledger in a file, which many processes of one machine may use at once.</summary>
internal class SqliteDialect(LedgerAddress address) : LedgerDialect(address)
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
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    // What may hold what is not in the file yet.
    private static readonly string[] s_beside = ["-wal", "-journal"];
    private static readonly string[] s_opened = ["", "-wal", "-shm", "-journal"];
    private static readonly object s_native = new();

    // On Unix, a process that closes any handle of a file loses all its locks on it, those of SQLite too. So no connection of this process
    // opens a file while another one creates it.
    private static readonly object s_creating = new();
    private static bool s_loaded;

    public override string Now => "cast(unixepoch('subsec') * 1000 as integer)";

    public override string? CountAllTables => "select count(*) from sqlite_master where type = 'table'";

    // To open or close the ledger creates and removes an empty file beside it, which is no progress.
    public override long Stamp => Address.IsPrivate ? 0 : StampOf(RealFile) ^ (StampOf(RealFile + "-wal") << 1);

    public override async Task<DbConnection> OpenAsync(bool create, CancellationToken stop)
    {
        LoadNative();
        if (!create)
        {
            return Exists()
                ? await OpenToReadAsync(Address.File!, stop).ConfigureAwait(false)
                : throw new MediaMagicException(LedgerErrors.NotFound(Address.Shown));
        }

        if (Address.IsPrivate)
        {
            return await SetAsync(await ConnectAsync(Address.File!, SqliteOpenMode.ReadWriteCreate, stop).ConfigureAwait(false), PrivateSettings, stop).ConfigureAwait(false);
        }

        // An empty file is an empty database, and what SQLite puts beside it has the same rights.
        lock (s_creating)
        {
            PrivateFile.Create(Address.File!);
        }

        return await SetAsync(await OpenToWriteAsync(stop).ConfigureAwait(false), SharedSettings, stop).ConfigureAwait(false);
    }

    public override DbTransaction Begin(DbConnection connection, bool toRead = false) => ((SqliteConnection)connection).BeginTransaction(deferred: toRead);

    public override ILedgerRunner RunnerOf(DbConnection connection) => new OneByOneRunner(this, (SqliteConnection)connection);

    // A transaction that begins as one that writes is alone already.
    public override Task LockTablesAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop) => Task.CompletedTask;

    public override string CountTables(string name) => $"select count(*) from sqlite_master where type = 'table' and name = '{name}'";

    public override LedgerFault FaultOf(Exception failure) => failure switch
    {
        FileHeldException => LedgerFault.Held,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            Busy or Locked or Protocol => LedgerFault.Conflict,
            Corrupt or NotADatabase => LedgerFault.Damaged,
            Full => LedgerFault.Full,
            CannotOpen when CanBeHeld && Array.Exists(s_opened, ending => HoldOf(Address.File + ending) == FileHold.Held) => LedgerFault.Held,

            // All of them may be written, so one was held when SQLite opened it.
            ReadOnly when CanBeHeld && sqlite.SqliteExtendedErrorCode == ReadOnly && Array.TrueForAll(s_opened, ending => HoldOf(Address.File + ending) != FileHold.Refused) => LedgerFault.Held,
            _ => LedgerFault.Refused,
        },
        _ => LedgerFault.Other,
    };

    /// <summary>Gets a value indicating whether another program can keep SQLite from opening a file. On Unix no program can.</summary>
    protected virtual bool CanBeHeld => OperatingSystem.IsWindows();

    /// <summary>Returns whether the file can be written now.</summary>
    protected virtual FileHold HoldOf(string path) => FileSharing.HoldOf(path);

    /// <summary>Opens the file, to write it or to read it only, as SQLite does.</summary>
    protected virtual async Task<SqliteConnection> ConnectAsync(string source, SqliteOpenMode mode, CancellationToken stop)
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

    // On Unix SQLite follows a link, and puts its files beside the file that the link leads to.
    private string RealFile => (OperatingSystem.IsWindows() ? null : UnixNative.RealPath(Address.File!)) ?? Address.File!;

    // Written through at every commit: what is said to be stored outlives a power cut, too.
    private static string SharedSettings => $"pragma busy_timeout = {BusyMilliseconds}; pragma journal_mode = wal; pragma synchronous = full";

    private static string PrivateSettings => "pragma journal_mode = off; pragma synchronous = off; pragma temp_store = file";

    // The first statement has SQLite open what is beside the file, and its failure is the one that is told.
    private static string ReadSettings => $"select count(*) from sqlite_master; pragma busy_timeout = {BusyMilliseconds}; pragma query_only = on";

    // To read a file SQLite wants others beside it, which it cannot make in a closed folder, and which one who may not write the file would leave
    // there, in the way of who may. Where they are not there nobody writes the file, and it is read without them.
    private async Task<DbConnection> OpenToReadAsync(string file, CancellationToken stop)
    {
        SqliteConnection connection = await ConnectAsync(file, SqliteOpenMode.ReadWrite, stop).ConfigureAwait(false);
        try
        {
            if (!IsReadOnly(connection) || !IsAlone(file, orEmpty: false))
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

    // SQLite opens a file that it may not write, or that is held at that moment, to read it only. It does not open one that is held for long.
    private async Task<SqliteConnection> OpenToWriteAsync(CancellationToken stop)
    {
        string file = Address.File!;
        for (bool isAgain = false; ; isAgain = true)
        {
            try
            {
                SqliteConnection connection = await ConnectAsync(file, SqliteOpenMode.ReadWriteCreate, stop).ConfigureAwait(false);
                if (!IsReadOnly(connection))
                {
                    return connection;
                }

                connection.Dispose();
                throw CanBeHeld && HoldOf(file) != FileHold.Refused
                    ? new FileHeldException(file, null)
                    : new SqliteException("the file is read-only", ReadOnly);
            }
            catch (SqliteException failure) when (failure.SqliteErrorCode == CannotOpen && CanBeHeld && HoldOf(file) is var hold && hold != FileHold.Refused)
            {
                if (hold == FileHold.Held || isAgain)
                {
                    throw hold == FileHold.Held ? new FileHeldException(file, failure) : new SqliteException(failure.Message, CannotOpen);
                }
            }
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

    private bool Exists()
    {
        lock (s_creating)
        {
            return File.Exists(Address.File);
        }
    }

    private static long StampOf(string path) => new FileInfo(path) is { Exists: true, Length: > 0 } file ? file.LastWriteTimeUtc.Ticks ^ file.Length : 0;

    private static bool IsReadOnly(SqliteConnection connection) => SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 1;

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
