using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.IO;

namespace MediaMagic.Bulk;

/// <summary>
/// Gives the rows of version 3 the keys of their names. Of rows that are one file by the rules of the system that wrote them, the one that got furthest
/// gets the key; the others stay as they are.
/// </summary>
internal static class NameKeyMigration
{
    private const string Rows = $"select workspace, hash, name, path from mediamagic_assets order by {LedgerSql.Furthest}";

    /// <summary>Stores the keys.</summary>
    public static async Task RunAsync(PathIdentity paths, DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        List<Row> rows = await ReadAsync(paths, connection, transaction, stop).ConfigureAwait(false);
        foreach (IGrouping<(string, string, string), Row> group in rows.GroupBy(static row => (row.Workspace, row.Hash, row.Key)))
        {
            // Only where several rows meet does it matter whether their folders tell case apart.
            Row[] same = [.. group];
            foreach (Row row in same.Length == 1 ? same : same.Select(row => row with { Key = KeyHere(paths, row) }).Where(static row => row.Key.Length > 0).GroupBy(static row => row.Key).Select(static one => one.First()))
            {
                await StoreAsync(connection, transaction, row, stop).ConfigureAwait(false);
            }
        }
    }

    private static string KeyHere(PathIdentity paths, Row row) => paths.Wrote(row.Path) ? paths.NameKeyOf(row.Path, row.Name) ?? string.Empty : row.Key;

    private static async Task<List<Row>> ReadAsync(PathIdentity paths, DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Rows;
        using DbDataReader reader = await command.ExecuteReaderAsync(stop).ConfigureAwait(false);
        List<Row> rows = [];
        while (await reader.ReadAsync(stop).ConfigureAwait(false))
        {
            string name = reader.GetString(2);
            string path = reader.GetString(3);
            if (paths.RulesOfWriter(path).KeyOf(name) is string key)
            {
                rows.Add(new Row(reader.GetString(0), reader.GetString(1), name, path, key));
            }
        }

        return rows;
    }

    private static async Task StoreAsync(DbConnection connection, DbTransaction transaction, Row row, CancellationToken stop)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "update mediamagic_assets set name_key = @key where workspace = @workspace and hash = @hash and name = @name";
        foreach ((string name, string value) in new[] { ("key", row.Key), ("workspace", row.Workspace), ("hash", row.Hash), ("name", row.Name) })
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    private sealed record Row(string Workspace, string Hash, string Name, string Path, string Key);
}
