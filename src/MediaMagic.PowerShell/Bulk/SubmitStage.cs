using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>
/// Submits files. Before a create is sent the ledger holds the blob paths that it names; an unclear outcome is settled by sending the same
/// blob path again, which the service takes once.
/// </summary>
internal sealed class SubmitStage(BulkContext run, UploadStage uploads, BoundedQueue<AcceptedFiles> accepted, BoundedQueue<BulkFile[]> waits)
{
    private const string AcceptedBefore =
        "The service has this blob path: an earlier create must have been accepted and its answer lost, so that the submission's id is not known here. "
        + "Had the path been submitted outside of this ledger before, it may be that submission.";

    public async Task HandleAsync(BulkFile[] group)
    {
        if (group.Length == 1 && group[0].SubmissionId is not null)
        {
            await RetryAsync(group[0]).ConfigureAwait(false);
        }
        else if (await ReserveAsync(group).ConfigureAwait(false) is { Count: > 0 } mine)
        {
            await SubmitAsync(mine).ConfigureAwait(false);
        }
    }

    // Those that are still ours to submit.
    private async Task<List<BulkFile>> ReserveAsync(BulkFile[] group)
    {
        bool[] stored = await Task.WhenAll(group.Select(run.Ledger.SubmittingAsync)).ConfigureAwait(false);
        List<BulkFile> mine = new(group.Length);
        for (int i = 0; i < group.Length; i++)
        {
            if (stored[i])
            {
                mine.Add(group[i]);
            }
            else if (await run.Ledger.FindAsync(group[i]).ConfigureAwait(false) is LedgerRow row && !(run.Ledger.IsMine(row) && !row.IsSubmitted))
            {
                await ClaimStage.PassByAsync(run, group[i], row, waits).ConfigureAwait(false);
            }
            else
            {
                await run.FailAsync(group[i], new MediaMagicException(LocalErrors.BlobPathCollision(group[i].Path, group[i].BlobPath!))).ConfigureAwait(false);
            }
        }

        return mine;
    }

    private async Task SubmitAsync(List<BulkFile> files)
    {
        try
        {
            await SendAsync(files).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!files.Exists(file => file.MaybeSent))
        {
            // So that a later run takes a 409 for what it is.
            await Task.WhenAll(files.Select(run.Ledger.NotSentAsync)).ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendAsync(List<BulkFile> files)
    {
        int waits = 0;
        for (int resends = 0; ;)
        {
            MediaMagicException failure;
            NewSubmission wanted = Wanted(files);
            try
            {
                Submission created = await run.Client.Submissions.CreateAsync(wanted, run.Stop).ConfigureAwait(false);
                await AcceptAsync(files, created).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
            {
                files.ForEach(file => file.MaybeSent |= wanted.MayHaveHappened);
                throw;
            }
            catch (Exception other) when (other != run.Ledger.Broken)
            {
                failure = BulkErrors.Known(other);
            }

            ApiError error = failure.Error;
            bool unclear = BulkErrors.IsUnclear(error);
            foreach (BulkFile file in unclear ? files : [])
            {
                file.MaybeSent = true;
            }

            if (files.Count > 1 && BulkErrors.IsRefusal(error))
            {
                await SubmitAloneAsync(files).ConfigureAwait(false);
                return;
            }

            if (error.StatusCode == 409 && files[0].MaybeSent)
            {
                await AcceptAsync(files, null).ConfigureAwait(false);
                return;
            }

            if (files.Count == 1 && files[0].IsOldUpload && error.Code == ErrorCode.InvalidBlobPath)
            {
                if (!await UploadAgainAsync(files[0]).ConfigureAwait(false))
                {
                    return;
                }

                continue;
            }

            bool again = unclear
                ? await run.Patience.BeforeResendAsync(resends++, run.Stop).ConfigureAwait(false)
                : await run.Patience.WaitAsync(error, waits++, run.Stop).ConfigureAwait(false);
            if (!again)
            {
                await Task.WhenAll(files.Select(file => run.FailAsync(file, failure))).ConfigureAwait(false);
                return;
            }
        }
    }

    // One of several was refused, and only alone does each tell what is known of it.
    private async Task SubmitAloneAsync(List<BulkFile> files)
    {
        foreach (BulkFile file in files)
        {
            await SubmitAsync([file]).ConfigureAwait(false);
        }
    }

    private NewSubmission Wanted(List<BulkFile> files) => new([.. files.Select(file => file.BlobPath!)])
    {
        SidekickIds = run.Options.SidekickIds,
        Metadata = run.Options.Metadata,
        Force = files.Any(file => file.MaybeSent),
    };

    // Storage has forgotten what an earlier run uploaded.
    private async Task<bool> UploadAgainAsync(BulkFile file)
    {
        file.BlobPath = null;
        file.IsOldUpload = false;
        return await uploads.UploadAsync(file).ConfigureAwait(false)
            && await ReserveAsync([file]).ConfigureAwait(false) is { Count: 1 };
    }

    private async Task AcceptAsync(List<BulkFile> files, Submission? created)
    {
        run.Succeeded();
        run.Patience.Succeeded();
        bool inOrder = created?.Assets.Length == files.Count;
        for (int i = 0; i < files.Count; i++)
        {
            files[i].SubmissionId = created?.SubmissionId;
            files[i].AssetId = inOrder ? created!.Assets[i].AssetId : null;
            files[i].Status = created?.Status;
            run.Client.Transfer.Paths.Settle(files[i].BlobPath!, files[i].Hash);
        }

        string? note = created?.SubmissionId is null ? AcceptedBefore : null;
        Task stored = Task.WhenAll(files.Select(file => run.Ledger.SubmittedAsync(file, note)));
        await accepted.AddAsync(new AcceptedFiles([.. files], note, stored), default).ConfigureAwait(false);
    }

    // It was submitted in an earlier run, and its analysis failed in a way that another try may mend.
    private async Task RetryAsync(BulkFile file)
    {
        try
        {
            Submission retried = await run.Client.Assets.RetryAsync(file.SubmissionId!, file.AssetId!, run.Stop).ConfigureAwait(false);
            file.Status = retried.Status;
        }
        catch (MediaMagicException failure) when (failure != run.Ledger.Broken)
        {
            if (failure.Error.Code != ErrorCode.RetryInProgress)
            {
                await run.FailAsync(file, failure).ConfigureAwait(false);
                return;
            }
        }

        await accepted.AddAsync(new AcceptedFiles([file], null, run.Ledger.SubmittedAsync(file, null)), default).ConfigureAwait(false);
    }
}
