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
    public async Task RunAsync(IReadOnlyCollection<LedgerCall> calls, DbTransaction? transaction)
    {
        using NpgsqlBatch batch = new(connection, (NpgsqlTransaction?)transaction);
        foreach (LedgerCall call in calls)
        {
            batch.BatchCommands.Add(CommandOf(call));
        }

        using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false))
        {
            // Only a statement that finds has a result to step over, be there a row in it or not.
            foreach (LedgerCall call in calls)
            {
                if (call.Finds)
                {
                    call.Row = await reader.ReadAsync().ConfigureAwait(false) ? LedgerRow.Read(reader) : null;
                    await reader.NextResultAsync().ConfigureAwait(false);
                }
            }
        }

        int next = 0;
        foreach (LedgerCall call in calls)
        {
            call.Changed = batch.BatchCommands[next++].RecordsAffected;
        }
    }

    public void Dispose()
    {
        // The connection keeps what is prepared.
    }

    private NpgsqlBatchCommand CommandOf(LedgerCall call)
    {
#pragma warning disable CA2100 // The statements are constants, and values go as parameters.
        NpgsqlBatchCommand command = new(dialect.TextOf(call.Statement));
#pragma warning restore CA2100
        for (int i = 0; i < call.Values.Length; i++)
        {
            NpgsqlDbType type = call.Values[i] is long ? NpgsqlDbType.Bigint : NpgsqlDbType.Text;
            command.Parameters.Add(new NpgsqlParameter(call.Statement.Names[i], type) { Value = call.Values[i] ?? DBNull.Value });
        }

        return command;
    }
}
