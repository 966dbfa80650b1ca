using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>An open connection to a ledger. What is asked for at the same time goes to the database together.</summary>
internal sealed class LedgerSession(LedgerDialect dialect, DbConnection connection) : IDisposable
{
    private readonly ILedgerRunner _runner = dialect.RunnerOf(connection);
    private readonly ConcurrentQueue<LedgerCall> _calls = new();
    private DbTransaction? _transaction;
    private DbCommand? _listing;

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

    /// <summary>Does all of it in one transaction.</summary>
    public async Task CommitAsync(IEnumerable<ILedgerWork> works)
    {
        _transaction = dialect.Begin(connection);
        Task all = Task.WhenAll(works.Select(work => work.DoAsync(this)).ToArray());
        while (!all.IsCompleted)
        {
            await RunCallsAsync().ConfigureAwait(false);
        }

        await all.ConfigureAwait(false);
        _transaction.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    /// <summary>Runs a statement and tells how many rows it changed.</summary>
    public async Task<int> RunAsync(LedgerStatement statement, params object?[] values) =>
        (await Add(new LedgerCall(statement, finds: false, values)).ConfigureAwait(false)).Changed;

    /// <summary>The one row that a query finds.</summary>
    public async Task<LedgerRow?> FindAsync(LedgerStatement statement, params object?[] values) =>
        (await Add(new LedgerCall(statement, finds: true, values)).ConfigureAwait(false)).Row;

    /// <summary>The rows of the ledger, to be read one by one.</summary>
    public async Task<DbDataReader> ListAsync(CancellationToken stop)
    {
        _listing = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant.
        _listing.CommandText = dialect.TextOf(LedgerSql.List);
#pragma warning restore CA2100
        return await _listing.ExecuteReaderAsync(stop).ConfigureAwait(false);
    }

    public void Dispose()
    {
        try
        {
            _listing?.Dispose();
            _runner.Dispose();
            _transaction?.Dispose();
            connection.Dispose();
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or System.IO.IOException)
        {
            // It was lost before; what it had begun is undone by the database.
        }
    }

    private Task<LedgerCall> Add(LedgerCall call)
    {
        _calls.Enqueue(call);
        return call.Done;
    }

    private async Task RunCallsAsync()
    {
        List<LedgerCall> calls = new(_calls.Count);
        while (_calls.TryDequeue(out LedgerCall? call))
        {
            calls.Add(call);
        }

        if (calls.Count == 0)
        {
            await Task.Yield();
            return;
        }

        await _runner.RunAsync(calls, _transaction).ConfigureAwait(false);
        calls.ForEach(static call => call.Finish());
    }
}
