using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace MediaMagic.Bulk;

/// <summary>For a database in this process: one statement after the other, each that was used once ready for more.</summary>
internal sealed class OneByOneRunner(LedgerDialect dialect, SqliteConnection connection) : ILedgerRunner
{
    private readonly Dictionary<LedgerStatement, SqliteChange> _changes = [];
    private readonly Dictionary<LedgerStatement, DbCommand> _queries = [];

    public async Task RunAsync(IReadOnlyCollection<LedgerStep> steps, DbTransaction transaction)
    {
        foreach (LedgerStep step in steps)
        {
            if (step.Read is null)
            {
                step.Changed = ChangeOf(step.Statement).Run(step.Values);
                continue;
            }

            DbCommand query = QueryOf(step.Statement, step.Values);
            query.Transaction = transaction;
            using DbDataReader reader = await query.ExecuteReaderAsync().ConfigureAwait(false);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                step.Found.Add(step.Read(reader));
            }
        }
    }

    public void Dispose()
    {
        foreach (SqliteChange change in _changes.Values)
        {
            change.Dispose();
        }

        foreach (DbCommand query in _queries.Values)
        {
            query.Dispose();
        }
    }

    private SqliteChange ChangeOf(LedgerStatement statement)
    {
        if (!_changes.TryGetValue(statement, out SqliteChange? change))
        {
            change = new SqliteChange(connection.Handle!, dialect.TextOf(statement), statement.Names);
            _changes[statement] = change;
        }

        return change;
    }

    private DbCommand QueryOf(LedgerStatement statement, object?[] values)
    {
        if (!_queries.TryGetValue(statement, out DbCommand? query))
        {
            query = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants, and values go as parameters.
            query.CommandText = dialect.TextOf(statement);
#pragma warning restore CA2100
            for (int i = 0; i < statement.Names.Length; i++)
            {
                DbParameter parameter = query.CreateParameter();
                parameter.ParameterName = statement.Names[i];
                parameter.DbType = values[i] is long ? DbType.Int64 : DbType.String;
                query.Parameters.Add(parameter);
            }

            _queries[statement] = query;
        }

        for (int i = 0; i < values.Length; i++)
        {
            query.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return query;
    }
}
