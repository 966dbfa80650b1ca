using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>Waits until submissions have ended, many at once; when there are too many the stages before wait.</summary>
internal sealed class WaitStage(BulkContext run) : IDisposable
{
    private const int MostAtOnce = 4096;
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly SubmissionPoller _poller = new(run.Client.Submissions, run.Clock, run.Options.PollInterval);

    public async Task RunAsync()
    {
        await Workers.RunAsync(run, run.Waits, 1, BeginAsync).ConfigureAwait(false);
        for (int i = 0; i < MostAtOnce; i++)
        {
            await _room.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Tells of the files that the end of the run left in the queue.</summary>
    public void TellRest()
    {
        while (run.Waits.TryTake() is BulkFile[] files)
        {
            Tell(files);
        }
    }

    public void Dispose()
    {
        _poller.Dispose();
        _room.Dispose();
    }

    private async Task BeginAsync(BulkFile[] files)
    {
        try
        {
            await _room.WaitAsync(run.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Tell(files);
            throw;
        }

        _ = WaitForAsync(files);
    }

    private async Task WaitForAsync(BulkFile[] files)
    {
        try
        {
            Submission ended = await _poller.WaitAsync(files[0].SubmissionId!, run.Options.WaitTimeout, null, run.Stop).ConfigureAwait(false);
            await MatchAsync(files, ended).ConfigureAwait(false);
            await Task.WhenAll(files.Select(file => EndAsync(file, ended))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            Tell(files);
        }
        catch (Exception failure)
        {
            MediaMagicException known = BulkErrors.Known(failure);
            if (run.Ledger.Broken is MediaMagicException broken)
            {
                run.Fail(broken);
            }

            Tell(files, known);
        }

        _room.Release();
    }

    // They are submitted, whether or not anyone waits for them.
    private void Tell(BulkFile[] files, MediaMagicException? failure = null)
    {
        foreach (BulkFile file in files)
        {
            run.End(file, SubmitState.Submitted, failure?.Error.ToString(), failure);
        }
    }

    // That the assets of a create are in the order of its files is only likely. Their names tell.
    private async Task MatchAsync(BulkFile[] files, Submission submission)
    {
        if (files.Length < 2)
        {
            return;
        }

        Dictionary<string, string> byName = new(StringComparer.Ordinal);
        foreach (SubmissionAsset listed in submission.Assets)
        {
            Asset asset = await run.Client.Assets.GetAsync(submission.SubmissionId!, listed.AssetId!, run.Stop).ConfigureAwait(false);
            if (asset.FileName is string name)
            {
                byName[name] = asset.AssetId!;
            }
        }

        foreach (BulkFile file in files)
        {
            // The service may have changed the name; the blob path ends in what it made of it.
            string stored = file.BlobPath!.Substring(file.BlobPath.LastIndexOf('/') + 1);
            file.AssetId = byName.TryGetValue(stored, out string? id) || byName.TryGetValue(file.UploadName, out id) ? id : file.AssetId;
        }
    }

    private async Task EndAsync(BulkFile file, Submission submission)
    {
        SubmissionAsset? asset = Array.Find(submission.Assets, item => item.AssetId == file.AssetId) ?? (submission.Assets.Length == 1 ? submission.Assets[0] : null);
        file.AssetId ??= asset?.AssetId;
        file.Status = SubmissionStatus.IsFinal(asset?.Status) ? asset!.Status : submission.Status;
        bool failed = SubmissionStatus.IsFailed(file.Status);
        ApiError? error = failed ? LocalErrors.SubmissionFailed(submission.SubmissionId!, asset?.ErrorMessage ?? submission.ErrorMessage, file.AssetId is not null && asset?.IsRetryable == true) : null;
        string state = failed ? LedgerState.Failed : LedgerState.Complete;
        if (await run.Ledger.EndedAsync(file, state, error).ConfigureAwait(false) == 0
            && await run.Ledger.FindAsync(file).ConfigureAwait(false) is { IsOverwritten: true })
        {
            await run.EndOverwrittenAsync(file).ConfigureAwait(false);
            return;
        }

        run.End(file, failed ? SubmitState.Failed : SubmitState.Complete, error?.ToString(), error is null ? null : new MediaMagicException(error));
    }
}
