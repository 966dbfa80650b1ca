using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>What the stages of a run share, and the one place where files end.</summary>
internal sealed class BulkContext(MediaMagicClient client, BulkOptions options, RunLedger ledger, Action<SubmitResult, MediaMagicException?> tell) : IDisposable
{
    private const int Ahead = 64;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly Dictionary<string, List<BulkFile>> _underWay = [];
    private MediaMagicException? _fatal;
    private readonly RefusalCount _refusals = new();

    public MediaMagicClient Client => client;

    public BulkOptions Options => options;

    public RunLedger Ledger => ledger;

    public TimeProvider Clock => client.Transfer.Clock;

    public Patience Patience { get; } = new(client.Transfer.Clock, client.Transfer.Backoff, client.Submissions.Observer);

    public BulkCounts Counts { get; } = new(client.Transfer.Clock);

    /// <summary>Gets the token that ends the run: it takes up nothing more.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Gets the token that also ends creates under way. A run that fails lets them finish, so that their outcome is known.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Gets the files whose submissions are to be waited for.</summary>
    public BoundedQueue<BulkFile[]> Waits { get; } = new(Ahead);

    /// <summary>What ended the run before its time.</summary>
    public MediaMagicException? Fatal => Volatile.Read(ref _fatal);

    /// <summary>The files that are not done.</summary>
    public BulkFile[] UnderWay
    {
        get
        {
            lock (_underWay)
            {
                return [.. _underWay.Values.SelectMany(static files => files)];
            }
        }
    }

    /// <summary>Takes a file up; false when another of the same name and content is under way, with which it will end.</summary>
    public bool Enter(BulkFile file)
    {
        lock (_underWay)
        {
            if (!_underWay.TryGetValue(file.Hash, out List<BulkFile>? files))
            {
                _underWay[file.Hash] = files = [];
            }

            if (files.Find(file.IsTwinOf) is BulkFile first)
            {
                (first.Twins ??= []).Add(file);
                return false;
            }

            files.Add(file);
            return true;
        }
    }

    /// <summary>A file of which no more is known than its path has ended.</summary>
    public void End(SubmitResult result, MediaMagicException? failure)
    {
        Counts.Ended(result.State!);
        tell(result, failure);
    }

    /// <summary>A file has ended, and those of its name and content with it.</summary>
    public void End(BulkFile file, string state, string? error = null, MediaMagicException? failure = null)
    {
        lock (_underWay)
        {
            if (_underWay.TryGetValue(file.Hash, out List<BulkFile>? files) && files.Remove(file) && files.Count == 0)
            {
                _underWay.Remove(file.Hash);
            }
        }

        End(file.Result(state, error), failure);
        foreach (BulkFile twin in file.Twins ?? Enumerable.Empty<BulkFile>())
        {
            SubmitResult result = file.Result(state is SubmitState.Submitted or SubmitState.Complete ? SubmitState.Skipped : state, error);
            result.Path = twin.Path;
            Counts.Spared(twin.Length);
            End(result, failure);
        }
    }

    /// <summary>Ends files for one failure: stores it, then reports it.</summary>
    public async Task FailAsync(IReadOnlyCollection<BulkFile> files, ApiEndpoint endpoint, MediaMagicException failure)
    {
        if (_refusals.Add(endpoint, failure.Error))
        {
            Fail(failure);
        }

        await Task.WhenAll(files.Select(file => FailAsync(file, failure))).ConfigureAwait(false);
    }

    /// <summary>Ends a file that is not this run's to work on: it is done, failed for good, or another process works on it.</summary>
    public async Task PassByAsync(BulkFile file, LedgerRow row)
    {
        file.TakeFrom(row);
        if (row is { IsSubmitted: true, BlobPath: string path })
        {
            client.Transfer.Unsettled.Forget(path);
        }

        if (row.State == LedgerState.Submitted && options.Wait && row.SubmissionId is not null)
        {
            await Waits.AddAsync([file], Stop).ConfigureAwait(false);
        }
        else if (row.IsSubmitted)
        {
            End(file, SubmitState.Skipped, row.Note);
        }
        else if (row.IsHopeless)
        {
            End(file, SubmitState.Failed, row.Error?.ToString(), row.Error is null ? null : new MediaMagicException(row.Error));
        }
        else
        {
            End(file, SubmitState.Elsewhere);
        }
    }

    /// <summary>Reports a file that changed or was deleted, and continues with another one of the same name and content. Returns false if there is none.</summary>
    public bool ReplaceByTwin(BulkFile file, MediaMagicException failure)
    {
        SubmitResult gone = file.Result(SubmitState.Failed, failure.Error.ToString());
        lock (_underWay)
        {
            if (file.Twins is not { Count: > 0 } twins)
            {
                return false;
            }

            file.ReadFrom(twins[0]);
            twins.RemoveAt(0);
        }

        End(gone, failure);
        return true;
    }

    /// <summary>A file overwrote the blob of others, which do not count as done any more. Those under way end by themselves.</summary>
    public async Task OverwroteAsync(BulkFile file, string blobPath)
    {
        ApiError error = LocalErrors.BlobOverwritten(file.Path, blobPath);
        foreach (OverwrittenFile other in await ledger.OverwroteAsync(file, blobPath, error).ConfigureAwait(false))
        {
            lock (_underWay)
            {
                if (_underWay.TryGetValue(other.Hash, out List<BulkFile>? files) && files.Exists(file => file.RowName == other.Name))
                {
                    continue;
                }
            }

            string state = other.State == LedgerState.Failed ? SubmitState.Failed : SubmitState.Unknown;
            End(new SubmitResult { Path = other.Path, State = state, BlobPath = blobPath, Error = error.ToString() }, new MediaMagicException(error));
        }
    }

    /// <summary>Ends a file that was accepted before another file overwrote its blob. Without an id, nobody can tell which of the two the service has.</summary>
    public async Task EndOverwrittenAsync(BulkFile file)
    {
        ApiError error = (await ledger.FindAsync(file).ConfigureAwait(false))?.Error ?? LocalErrors.BlobOverwritten(file.Path, file.BlobPath!);
        End(file, file.SubmissionId is null ? SubmitState.Unknown : SubmitState.Failed, error.ToString(), new MediaMagicException(error));
    }

    /// <summary>Has a file keep the blob path under which its create is unknown, if the session remembers one.</summary>
    public async Task RecallAsync(BulkFile file)
    {
        if (file is { Delivery: < Delivery.Unknown, SubmissionId: null } && await client.Transfer.Unsettled.FindAsync(file.Known, anyName: false, Stop).ConfigureAwait(false) is string path)
        {
            file.Recall(path);
        }
    }

    /// <summary>Does the same when the session refused a create of the file. Returns whether it remembers another path.</summary>
    public bool Recall(BulkFile file, ApiError refusal)
    {
        if (file.Delivery < Delivery.Unknown && BulkErrors.IsOfSession(refusal) && client.Transfer.UnsettledPathOf(file.BlobPath!, file.Known) is string path)
        {
            file.Recall(path);
            return true;
        }

        return false;
    }

    /// <summary>A request of the endpoint worked.</summary>
    public void Succeeded(ApiEndpoint endpoint) => _refusals.Reset(endpoint);

    /// <summary>The run cannot go on.</summary>
    public void Fail(MediaMagicException failure)
    {
        Interlocked.CompareExchange(ref _fatal, failure, null);
        _stop.Cancel();
    }

    /// <summary>The run is to end here.</summary>
    public void Cancel()
    {
        _stop.Cancel();
        _cancel.Cancel();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _cancel.Dispose();
    }

    private async Task FailAsync(BulkFile file, MediaMagicException failure)
    {
        if (await ledger.FailedAsync(file, failure.Error).ConfigureAwait(false) == 0
            && await ledger.FindAsync(file).ConfigureAwait(false) is LedgerRow row && (row.IsSubmitted || !ledger.IsMine(row)))
        {
            // Another process took the file over, and its row tells what became of it.
            await PassByAsync(file, row).ConfigureAwait(false);
            return;
        }

        End(file, file.Delivery == Delivery.Unknown ? SubmitState.Unknown : SubmitState.Failed, failure.Error.ToString(), failure);
    }
}
