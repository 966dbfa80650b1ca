using System;
using System.Data.Common;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using Microsoft.Data.Sqlite;

namespace MediaMagic.Bulk;

/// <summary>A ledger in a file, which many processes of one machine may use at once.</summary>
internal sealed class SqliteDialect(LedgerAddress address) : LedgerDialect(address)
{
    private const int BusySeconds = 30;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    private static readonly object s_native = new();
    private static bool s_loaded;

    public override string Now => "cast(unixepoch('subsec') * 1000 as integer)";

    public override string? CountAllTables => "select count(*) from sqlite_master where type = 'table'";

    // The whole of a unique key is always preferred here.
    public override string TurnKeys => string.Empty;

    public override async Task<DbConnection> OpenAsync(bool create, CancellationToken stop)
    {
        LoadNative();
        if (!create && !File.Exists(Address.File))
        {
            throw new MediaMagicException(LedgerErrors.NotFound(Address.Shown));
        }

        if (create && !Address.IsPrivate)
        {
            // An empty file is an empty database, and what SQLite puts beside it has the same rights.
            PrivateFile.Create(Address.File!);
        }

        SqliteConnectionStringBuilder text = new()
        {
            DataSource = Address.File!,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        };
        SqliteConnection connection = new(text.ConnectionString);
        try
        {
            await connection.OpenAsync(stop).ConfigureAwait(false);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = Address.IsPrivate ? PrivateSettings : SharedSettings;
            await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction Begin(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    // A transaction that begins as one that writes is alone already.
    public override Task LockTablesAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop) => Task.CompletedTask;

    public override string CountTables(string name) => $"select count(*) from sqlite_master where type = 'table' and name = '{name}'";

    public override LedgerFault FaultOf(Exception failure) => failure is not SqliteException sqlite ? LedgerFault.Other : sqlite.SqliteErrorCode switch
    {
        Busy or Locked => LedgerFault.Conflict,
        Corrupt or NotADatabase => LedgerFault.Damaged,
        Full => LedgerFault.Full,
        IoError => LedgerFault.Refused,
        _ => LedgerFault.Refused,
    };

    // Written through at every commit: what is said to be stored outlives a power cut, too.
    private static string SharedSettings => $"pragma busy_timeout = {BusySeconds * 1000}; pragma journal_mode = wal; pragma synchronous = full";

    private static string PrivateSettings => "pragma journal_mode = off; pragma synchronous = off; pragma temp_store = file";

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
