using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>For a database in this process: one statement after the other, each that was used once ready for more.</summary>
internal sealed class OneByOneRunner(LedgerDialect dialect, DbConnection connection) : ILedgerRunner
{
    private readonly Dictionary<LedgerStatement, DbCommand> _commands = [];

    public async Task RunAsync(IReadOnlyCollection<LedgerStep> steps, DbTransaction transaction)
    {
        foreach (LedgerStep step in steps)
        {
            DbCommand command = Ready(step.Statement, step.Values);
            command.Transaction = transaction;
            if (step.Read is null)
            {
                step.Changed = await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                continue;
            }

            using DbDataReader reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                step.Found.Add(step.Read(reader));
            }
        }
    }

    public void Dispose()
    {
        foreach (DbCommand command in _commands.Values)
        {
            command.Dispose();
        }
    }

    private DbCommand Ready(LedgerStatement statement, object?[] values)
    {
        if (!_commands.TryGetValue(statement, out DbCommand? command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants, and values go as parameters.
            command.CommandText = dialect.TextOf(statement);
#pragma warning restore CA2100
            for (int i = 0; i < statement.Names.Length; i++)
            {
                DbParameter parameter = command.CreateParameter();
                parameter.ParameterName = statement.Names[i];
                parameter.DbType = values[i] is long ? DbType.Int64 : DbType.String;
                command.Parameters.Add(parameter);
            }

            _commands[statement] = command;
        }

        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
