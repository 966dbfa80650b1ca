using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Bulk;

/// <summary>What the stages of a run share, and the one place where files end.</summary>
internal sealed class BulkContext(MediaMagicClient client, BulkOptions options, RunLedger ledger, Action<SubmitResult, MediaMagicException?> tell) : IDisposable
{
    private const int MostKeyRefusals = 5;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(string Hash, string Name), BulkFile> _underWay = [];
    private MediaMagicException? _fatal;
    private int _keyRefusals;

    public MediaMagicClient Client => client;

    public BulkOptions Options => options;

    public RunLedger Ledger => ledger;

    public TimeProvider Clock => client.Transfer.Clock;

    public Patience Patience { get; } = new(client.Transfer.Clock, client.Transfer.Backoff, client.Submissions.Observer);

    public BulkCounts Counts { get; } = new(client.Transfer.Clock);

    public CancellationToken Stop => _stop.Token;

    /// <summary>What ended the run before its time.</summary>
    public MediaMagicException? Fatal => Volatile.Read(ref _fatal);

    /// <summary>The files that are not done.</summary>
    public BulkFile[] UnderWay
    {
        get
        {
            lock (_underWay)
            {
                return [.. _underWay.Values];
            }
        }
    }

    /// <summary>Takes a file up; false when another of the same name and content is under way, with which it will end.</summary>
    public bool Enter(BulkFile file)
    {
        lock (_underWay)
        {
            if (_underWay.TryGetValue((file.Hash, file.Name), out BulkFile? first))
            {
                (first.Twins ??= []).Add(file);
                return false;
            }

            _underWay[(file.Hash, file.Name)] = file;
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
            _underWay.Remove((file.Hash, file.Name));
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

    /// <summary>A file failed: the ledger is told, then the user.</summary>
    public async Task FailAsync(BulkFile file, MediaMagicException failure)
    {
        NoteKey(failure);
        if (file.MaybeSent && !BulkErrors.IsRefusal(failure.Error))
        {
            MediaMagicException unknown = BulkErrors.Unknown(file, failure);
            await ledger.UnknownAsync(file, unknown.Error.ToString()).ConfigureAwait(false);
            End(file, SubmitState.Unknown, unknown.Error.ToString(), unknown);
            return;
        }

        string error = failure.Error.ToString();
        await ledger.FailedAsync(file, error, BulkErrors.IsWorthARun(failure.Error)).ConfigureAwait(false);
        End(file, SubmitState.Failed, error, failure);
    }

    /// <summary>The service took something.</summary>
    public void Succeeded() => Volatile.Write(ref _keyRefusals, 0);

    /// <summary>The run cannot go on.</summary>
    public void Fail(MediaMagicException failure)
    {
        Interlocked.CompareExchange(ref _fatal, failure, null);
        Cancel();
    }

    /// <summary>The run is to end here.</summary>
    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    // When the key is refused again and again, the rest would be, too.
    private void NoteKey(MediaMagicException failure)
    {
        if (BulkErrors.IsAboutTheSession(failure.Error) && Interlocked.Increment(ref _keyRefusals) >= MostKeyRefusals)
        {
            Fail(failure);
        }
    }
}
