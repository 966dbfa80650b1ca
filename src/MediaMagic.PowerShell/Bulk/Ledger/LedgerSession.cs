using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>An open connection to a ledger. Commands of one transaction go to the database together.</summary>
internal sealed class LedgerSession(LedgerDialect dialect, DbConnection connection, long version) : IDisposable
{
    private readonly ILedgerRunner _runner = dialect.RunnerOf(connection);
    private DbCommand? _listing;

    /// <summary>Opens the ledger, made or updated where that is needed and allowed.</summary>
    public static async Task<LedgerSession> OpenAsync(LedgerDialect dialect, bool create, CancellationToken stop)
    {
        DbConnection connection = await dialect.OpenAsync(create, stop).ConfigureAwait(false);
        try
        {
            long version = await LedgerTables.PrepareAsync(dialect, connection, create, stop).ConfigureAwait(false);
            return new LedgerSession(dialect, connection, version);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs all commands in one transaction.</summary>
    public async Task CommitAsync(IReadOnlyCollection<LedgerCommand> commands, Action? boundary)
    {
        using DbTransaction transaction = dialect.Begin(connection, toRead: commands.All(static command => command.OnlyReads));
        foreach (LedgerCommand command in commands)
        {
            command.Begin();
        }

        List<LedgerCommand> open = new(commands.Count);
        List<LedgerStep> steps = new(commands.Count);
        while (true)
        {
            open.Clear();
            steps.Clear();
            foreach (LedgerCommand command in commands)
            {
                if (command.Next is LedgerStep next)
                {
                    open.Add(command);
                    steps.Add(next);
                }
            }

            if (steps.Count == 0)
            {
                break;
            }

            await _runner.RunAsync(steps, transaction).ConfigureAwait(false);
            for (int i = 0; i < steps.Count; i++)
            {
                open[i].Continue(steps[i]);
            }
        }

        boundary?.Invoke();
        transaction.Commit();
        boundary?.Invoke();
    }

    /// <summary>The rows of the ledger, to be read one by one.</summary>
    public async Task<DbDataReader> ListAsync(CancellationToken stop)
    {
        _listing = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant.
        _listing.CommandText = dialect.TextOf(version < LedgerTables.OwnTable ? LedgerSql.ListOld : LedgerSql.List);
#pragma warning restore CA2100
        return await _listing.ExecuteReaderAsync(stop).ConfigureAwait(false);
    }

    public void Dispose()
    {
        try
        {
            _listing?.Dispose();
            _runner.Dispose();
            connection.Dispose();
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or System.IO.IOException)
        {
            // It was lost before; what it had begun is undone by the database.
        }
    }
}
