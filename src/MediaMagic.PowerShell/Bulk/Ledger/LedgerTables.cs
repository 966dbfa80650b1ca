using System.Data.Common;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>The tables of a ledger, and how those of an earlier version become today's.</summary>
internal static class LedgerTables
{
    /// <summary>The version that this module writes.</summary>
    public const long Version = 4;

    /// <summary>The first version whose rows are in the table of today.</summary>
    public const long OwnTable = 3;

    // Rows without a key are compared by their names, which the primary key does.
    private const string Keys = "create unique index mediamagic_assets_spelled on mediamagic_assets (hash, name_key, workspace) where name_key is not null";

    private const string Create =
        """
        create table mediamagic_assets (
            workspace text not null,
            hash text not null,
            name text not null,
            size bigint not null,
            path text not null,
            upload_name text not null,
            folded_name text not null,
            state text not null,
            owner text not null,
            lease_until bigint not null,
            attempts integer not null,
            sending integer not null,
            delivery integer not null,
            blob_path text,
            checksums text,
            submission_id text,
            asset_id text,
            status text,
            note text,
            error_system text,
            error_status integer not null,
            error_code text,
            error_message text,
            error_concern integer not null,
            created_at bigint not null,
            updated_at bigint not null,
            name_key text,
            primary key (hash, name, workspace),
            unique (folded_name, workspace),
            unique (blob_path, workspace)
        );
        create table mediamagic_keys (
            key_hash text not null primary key,
            workspace text not null
        );
        create index mediamagic_assets_leased on mediamagic_assets (owner) where lease_until > 0;
        """;

    /// <summary>Makes or updates the tables; refuses those of a newer version, and what is no ledger. Returns the version that they are of now.</summary>
    public static async Task<long> PrepareAsync(LedgerDialect dialect, DbConnection connection, bool create, CancellationToken stop)
    {
        long? current = await VersionAsync(dialect, connection, null, stop).ConfigureAwait(false);
        if (current is long version && Fits(dialect, version))
        {
            return version;
        }

        if (!create)
        {
            // Reading changes nothing, not even the version.
            if (current is long old and > 0)
            {
                return old;
            }

            throw new MediaMagicException(LedgerErrors.Damaged(dialect.Address.Shown, "it is not a ledger, or one that no run has finished making"));
        }

        using DbTransaction transaction = dialect.Begin(connection);
        await dialect.LockTablesAsync(connection, transaction, stop).ConfigureAwait(false);
        long found = await VersionAsync(dialect, connection, transaction, stop).ConfigureAwait(false) ?? await BeginAsync(dialect, connection, transaction, stop).ConfigureAwait(false);
        if (!Fits(dialect, found))
        {
            await RunAsync(connection, transaction, found == OwnTable ? "alter table mediamagic_assets add column name_key text" : Create, stop).ConfigureAwait(false);
            if (found is > 0 and < OwnTable)
            {
                await LedgerMigration.RunAsync(connection, transaction, stop).ConfigureAwait(false);
            }

            if (found > 0)
            {
                await NameKeyMigration.RunAsync(dialect.PathIdentity, connection, transaction, stop).ConfigureAwait(false);
            }

            await RunAsync(connection, transaction, Keys, stop).ConfigureAwait(false);
            await RunAsync(connection, transaction, $"update mediamagic_ledger set version = {Version}", stop).ConfigureAwait(false);
        }

        transaction.Commit();
        return Version;
    }

    private static bool Fits(LedgerDialect dialect, long version) => version > Version
        ? throw new MediaMagicException(LedgerErrors.TooNew(dialect.Address.Shown, version, Version))
        : version == Version;

    private static async Task<long> BeginAsync(LedgerDialect dialect, DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        if (dialect.CountAllTables is string count && await NumberAsync(connection, transaction, count, stop).ConfigureAwait(false) > 0)
        {
            throw new MediaMagicException(LedgerErrors.Damaged(dialect.Address.Shown, "it is a database of something else"));
        }

        await RunAsync(connection, transaction, "create table mediamagic_ledger (version bigint not null); insert into mediamagic_ledger (version) values (0)", stop).ConfigureAwait(false);
        return 0;
    }

    private static async Task<long?> VersionAsync(LedgerDialect dialect, DbConnection connection, DbTransaction? transaction, CancellationToken stop) =>
        await NumberAsync(connection, transaction, dialect.CountTables("mediamagic_ledger"), stop).ConfigureAwait(false) == 0
            ? null
            : await NumberAsync(connection, transaction, "select max(version) from mediamagic_ledger", stop).ConfigureAwait(false);

    private static async Task<long> NumberAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken stop)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        object? value = await command.ExecuteScalarAsync(stop).ConfigureAwait(false);
        return System.Convert.ToInt64(value is System.DBNull ? 0 : value, CultureInfo.InvariantCulture);
    }

    private static async Task RunAsync(DbConnection connection, DbTransaction transaction, string sql, CancellationToken stop)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }
}
