using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace MediaMagic.Bulk;

/// <summary>For a database behind a network: all statements go in one message, and their outcomes come back in one.</summary>
internal sealed class PostgresRunner(LedgerDialect dialect, NpgsqlConnection connection) : ILedgerRunner
{
    public async Task RunAsync(IReadOnlyCollection<LedgerStep> steps, DbTransaction transaction)
    {
        using NpgsqlBatch batch = new(connection, (NpgsqlTransaction)transaction);
        foreach (LedgerStep step in steps)
        {
            batch.BatchCommands.Add(CommandOf(step));
        }

        using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false))
        {
            // Only a statement that finds has a result to step over, be there a row in it or not.
            foreach (LedgerStep step in steps)
            {
                if (step.Read is not null)
                {
                    while (await reader.ReadAsync().ConfigureAwait(false))
                    {
                        step.Found.Add(step.Read(reader));
                    }

                    await reader.NextResultAsync().ConfigureAwait(false);
                }
            }
        }

        int next = 0;
        foreach (LedgerStep step in steps)
        {
            step.Changed = batch.BatchCommands[next++].RecordsAffected;
        }
    }

    public void Dispose()
    {
        // The connection keeps what is prepared.
    }

    private NpgsqlBatchCommand CommandOf(LedgerStep step)
    {
#pragma warning disable CA2100 // The statements are constants, and values go as parameters.
        NpgsqlBatchCommand command = new(dialect.TextOf(step.Statement));
#pragma warning restore CA2100
        for (int i = 0; i < step.Values.Length; i++)
        {
            NpgsqlDbType type = step.Values[i] is long ? NpgsqlDbType.Bigint : NpgsqlDbType.Text;
            command.Parameters.Add(new NpgsqlParameter(step.Statement.Names[i], type) { Value = step.Values[i] ?? DBNull.Value });
        }

        return command;
    }
}
