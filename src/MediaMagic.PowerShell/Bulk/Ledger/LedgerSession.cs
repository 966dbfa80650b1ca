using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>An open connection to a ledger, with the statements that were used on it ready for more.</summary>
internal sealed class LedgerSession(LedgerDialect dialect, DbConnection connection) : IDisposable
{
    private readonly Dictionary<LedgerStatement, DbCommand> _commands = [];
    private DbTransaction? _transaction;

    /// <summary>Opens the ledger, made or updated where that is needed and allowed.</summary>
    public static async Task<LedgerSession> OpenAsync(LedgerDialect dialect, bool create, CancellationToken stop)
    {
        DbConnection connection = await dialect.OpenAsync(create, stop).ConfigureAwait(false);
        try
        {
            await LedgerTables.PrepareAsync(dialect, connection, create, stop).ConfigureAwait(false);
            return new LedgerSession(dialect, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => _transaction = dialect.Begin(connection);

    public void Commit()
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    /// <summary>Runs a statement and tells how many rows it changed.</summary>
    public Task<int> RunAsync(LedgerStatement statement, params object?[] values) => Ready(statement, values).ExecuteNonQueryAsync();

    /// <summary>The one row that a query finds.</summary>
    public async Task<LedgerRow?> FindAsync(LedgerStatement statement, params object?[] values)
    {
        using DbDataReader reader = await Ready(statement, values).ExecuteReaderAsync(CommandBehavior.SingleRow).ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false) ? LedgerRow.Read(reader) : null;
    }

    /// <summary>The rows that a query finds, to be read one by one.</summary>
    public Task<DbDataReader> ReadAsync(LedgerStatement statement, CancellationToken stop) => Ready(statement, []).ExecuteReaderAsync(stop);

    public void Dispose()
    {
        foreach (DbCommand command in _commands.Values)
        {
            command.Dispose();
        }

        try
        {
            _transaction?.Dispose();
            connection.Dispose();
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or System.IO.IOException)
        {
            // It was lost before; what it had begun is undone by the database.
        }
    }

    private DbCommand Ready(LedgerStatement statement, object?[] values)
    {
        if (!_commands.TryGetValue(statement, out DbCommand? command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants, and values go as parameters.
            command.CommandText = statement.Sql.Replace("{now}", dialect.Now);
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

        command.Transaction = _transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
