using System;
using System.Data.Common;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using Npgsql;

namespace MediaMagic.Bulk;

/// <summary>A ledger in PostgreSQL, which many machines may use at once.</summary>
internal sealed class PostgresDialect : LedgerDialect
{
    private const long TableLock = 0x4D4D4C4544474552;
    private readonly string _connection;

    private PostgresDialect(LedgerAddress address)
        : base(address)
    {
        (string? user, string? password) = address.Login();
        NpgsqlConnectionStringBuilder text = new()
        {
            Host = address.Server!.Host,
            Port = address.Server.Port > 0 ? address.Server.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(address.Server.AbsolutePath.Trim('/')),
            Username = user,
            Password = password,
            ApplicationName = "MediaMagic",
            Pooling = false,
            Timeout = 15,
            CommandTimeout = 60,
            KeepAlive = 30,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
        };
        foreach ((string key, string value) in address.Options())
        {
            Set(text, key, value);
        }

        _connection = text.ConnectionString;
    }

    public override string Now => "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

    public override string? CountAllTables => null;

    public static PostgresDialect Create(LedgerAddress address) => new(address);

    public override async Task<DbConnection> OpenAsync(bool create, CancellationToken stop)
    {
        NpgsqlConnection connection = new(_connection);
        try
        {
            await connection.OpenAsync(stop).ConfigureAwait(false);
            if (create)
            {
                await SetUpAsync(connection, stop).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override ILedgerRunner RunnerOf(DbConnection connection) => new PostgresRunner(this, (NpgsqlConnection)connection);

    public override DbTransaction Begin(DbConnection connection, bool toRead = false) => connection.BeginTransaction();

    public override async Task LockTablesAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select pg_advisory_xact_lock({TableLock})";
        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    public override string CountTables(string name) => $"select count(*) from pg_tables where schemaname = current_schema() and tablename = '{name}'";

    public override LedgerFault FaultOf(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation } => LedgerFault.Conflict,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => LedgerFault.Full,
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => LedgerFault.Damaged,
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "57P05" or "53300" } => LedgerFault.Lost,
        PostgresException server => server.SqlState.StartsWith("08", StringComparison.Ordinal) ? LedgerFault.Lost : LedgerFault.Refused,
        NpgsqlException or SocketException or IOException or TimeoutException => LedgerFault.Lost,
        // The connection is noticed to be gone between two commands.
        InvalidOperationException => LedgerFault.Lost,
        _ => LedgerFault.Other,
    };

    // Plans are made while the table is small, when reading all of it looks cheap, and used until it is large. And what is
    // said to be stored is, also on a server that is told to hurry.
    private static async Task SetUpAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        const string Settings =
            """
            set enable_seqscan = off;
            set jit = off;
            select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'
            """;
        using NpgsqlCommand command = new(Settings, connection);
        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    private static void Set(NpgsqlConnectionStringBuilder text, string key, string value)
    {
        try
        {
            text[key] = value;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException or System.Collections.Generic.KeyNotFoundException)
        {
            throw new MediaMagicException(LedgerErrors.Invalid($"its option '{key}' is not known, or not with that value"), failure);
        }
    }
}
