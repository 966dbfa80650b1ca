using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Bulk;

/// <summary>
/// Submits any number of files: checks, claims, uploads, submits and, if asked to, waits, each in a stage of its own with little room
/// before it, so that memory does not grow with the number of files.
/// </summary>
public sealed class BulkRun : IDisposable
{
    private const int Checkers = 2;
    private const int Ahead = 64;

    private static readonly ConcurrentDictionary<BulkRun, string> s_runs = new();

    private readonly BulkContext _run;
    private readonly BoundedQueue<string> _paths = new(Ahead);
    private readonly BoundedQueue<BulkFile> _files = new(Ahead);
    private readonly BoundedQueue<BulkFile> _uploads = new(Ahead);
    private readonly BoundedQueue<BulkFile[]> _submits = new(Ahead);
    private readonly BoundedQueue<AcceptedFiles> _accepted = new(Ahead);
    private readonly Task _work;
    private int _completed;

    private BulkRun(BulkContext run, string? ledger)
    {
        _run = run;
        _work = Task.Run(WorkAsync);
        if (ledger is not null)
        {
            s_runs[this] = ledger;
            _work.ContinueWith(_ => s_runs.TryRemove(this, out string? _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>How far the run is.</summary>
    public BulkProgress Progress => _run.Counts.Snapshot;

    /// <summary>Opens the ledger and begins. <paramref name="ended"/> is told of every file as it ends, from any thread, with the error if there is one.</summary>
    public static async Task<BulkRun> StartAsync(
        MediaMagicClient client, BulkOptions options, Action<SubmitResult, MediaMagicException?> ended, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ended);
        options.Validate();
        LedgerDialect dialect = LedgerDialect.Of(LedgerAddress.Parse(options.Ledger));
        dialect.PathIdentity = client.Transfer.PathIdentity;
        string ledgerKey = KeyOf(dialect);

        // A run of this process that was stopped may still be giving its files back. How it ends is for its own caller.
        IEnumerable<Task> stopped = s_runs.Where(run => run.Value == ledgerKey && run.Key._run.Stop.IsCancellationRequested).Select(run => run.Key._work);
        Task released = Task.WhenAll(stopped).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await UntilAsync(released, stop).ConfigureAwait(false);
        RunLedger ledger = await RunLedger.OpenAsync(dialect, options.Lease, options.LedgerPatience, client.Transfer.Clock, options.Boundary, stop).ConfigureAwait(false);

        // Nothing outlives a run without a ledger, and it is of one key.
        Task<string> workspace = dialect.Address.IsPrivate ? Task.FromResult(string.Empty) : new WorkspaceProof(client, ledger, dialect.Address.Shown).FindAsync(stop);
        try
        {
            await UntilAsync(workspace, stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            ledger.Use(await workspace.ConfigureAwait(false));
        }
        catch
        {
            // A stop does not wait for a ledger that another process has locked.
            Task closing = CloseAsync(ledger, workspace);
            await UntilAsync(closing, stop).ConfigureAwait(false);
            throw;
        }

        return new BulkRun(new BulkContext(client, options, ledger, ended), dialect.Address.IsPrivate ? null : ledgerKey);
    }

    /// <summary>Adds a file; waits while there is more to do than can be done.</summary>
    public async Task AddAsync(string path, CancellationToken stop = default)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, _run.Stop);
        try
        {
            await _paths.AddAsync(path, either.Token).ConfigureAwait(false);
            _run.Counts.Added();
        }
        catch (OperationCanceledException) when (_run.Fatal is not null)
        {
            await CompleteAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Gets the task that ends with the run: everything is stored, or given back.</summary>
    public Task Completion => _work;

    /// <summary>
    /// Says that there are no more files, and waits until all have ended. Fails with what ended the run before that. A stop ends the wait at
    /// once, and the run soon after: the ledger may be locked by another process.
    /// </summary>
    public async Task CompleteAsync(CancellationToken stop = default)
    {
        if (Interlocked.Exchange(ref _completed, 1) == 0)
        {
            _paths.Complete();
        }

        using (stop.Register(_run.Cancel))
        {
            await UntilAsync(_work, stop).ConfigureAwait(false);
        }

        if (_run.Fatal is MediaMagicException fatal)
        {
            throw fatal;
        }

        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the run here: what is not done is given back for another run. The task ends when it is.</summary>
    public Task StopAsync()
    {
        _run.Cancel();
        return _work;
    }

    /// <summary>Ends the run if it is not over.</summary>
    public void Dispose() => _run.Cancel();

    private static string KeyOf(LedgerDialect ledger) => ledger.Address.File is string file ? ledger.PathIdentity.KeyOf(file) : ledger.Address.Shown;

    private static async Task UntilAsync(Task work, CancellationToken stop)
    {
        TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stop.Register(() => stopped.TrySetResult(true)))
        {
            await (await Task.WhenAny(work, stopped.Task).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private static async Task CloseAsync(RunLedger ledger, Task proof)
    {
        await Task.WhenAny(proof).ConfigureAwait(false);
        await ledger.CloseAsync().ConfigureAwait(false);
        ledger.Dispose();
    }

    private async Task WorkAsync()
    {
        UploadStage uploads = new(_run, _submits);
        using WaitStage waits = new(_run);
        Task renewing = RenewAsync();
        Task accepting = new AcceptStage(_run, _accepted).RunAsync();
        Task waiting = waits.RunAsync();
        Task submitting = Workers.RunAsync(_run, _submits, _run.Options.ThrottleLimit, new SubmitStage(_run, uploads, _accepted).HandleAsync);
        Task uploading = Workers.RunAsync(_run, _uploads, _run.Options.ThrottleLimit, uploads.HandleAsync);
        Task claiming = Workers.RunAsync(_run, _files, 1, new ClaimStage(_run, _files, _uploads).HandleAsync);
        try
        {
            await Workers.RunAsync(_run, _paths, Checkers, new CheckStage(_run, _files).HandleAsync).ConfigureAwait(false);
            _files.Complete();
            await claiming.ConfigureAwait(false);
            _uploads.Complete();
            await uploading.ConfigureAwait(false);
            await uploads.FinishAsync().ConfigureAwait(false);
            _submits.Complete();
            await submitting.ConfigureAwait(false);
            _accepted.Complete();
            await accepting.ConfigureAwait(false);
            _run.Waits.Complete();
            await waiting.ConfigureAwait(false);
            waits.TellRest();
        }
        finally
        {
            await EndAsync(renewing).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(Task renewing)
    {
        _run.Cancel();
        await renewing.ConfigureAwait(false);
        try
        {
            if (_run.UnderWay is { Length: > 0 } left)
            {
                await _run.Ledger.ReleaseAsync(left).ConfigureAwait(false);
            }
        }
        catch (MediaMagicException)
        {
            // The ledger is lost; the lease will do it.
        }

        await _run.Ledger.CloseAsync().ConfigureAwait(false);
        _run.Ledger.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await _run.Clock.Delay(TimeSpan.FromTicks(_run.Options.Lease.Ticks / 3), _run.Stop).ConfigureAwait(false);
                await _run.Ledger.RenewAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (MediaMagicException failure)
        {
            _run.Fail(failure);
        }
    }
}
