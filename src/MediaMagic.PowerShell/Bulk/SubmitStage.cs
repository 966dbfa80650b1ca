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
internal sealed class SubmitStage(BulkContext run, UploadStage uploads, BoundedQueue<AcceptedFiles> accepted)
{
    private const int MostNames = 5;

    private const string AcceptedBefore =
        "The service has this blob path: an earlier create must have been accepted and its answer lost, so that the submission's id is not known here. "
        + "Had the path been submitted outside of this ledger before, it may be that submission.";

    public async Task HandleAsync(BulkFile[] group)
    {
        if (group.Length == 1 && group[0].SubmissionId is not null)
        {
            await new AssetRetry(run, accepted).RunAsync(group[0]).ConfigureAwait(false);
        }
        else if (group is [{ BlobPath: null } lost])
        {
            await LeaveAsync(lost).ConfigureAwait(false);
        }
        else if (await ReserveAsync(group).ConfigureAwait(false) is { Count: > 0 } mine)
        {
            await SendAsync(mine).ConfigureAwait(false);
        }
    }

    // Those that are still ours to submit.
    private async Task<List<BulkFile>> ReserveAsync(BulkFile[] group)
    {
        bool[] stored = await Task.WhenAll(group.Select(run.Ledger.SendingAsync)).ConfigureAwait(false);
        List<BulkFile> mine = new(group.Length);
        for (int i = 0; i < group.Length; i++)
        {
            if (stored[i])
            {
                mine.Add(group[i]);
            }
            else if (await run.Ledger.FindAsync(group[i]).ConfigureAwait(false) is LedgerRow row && !(run.Ledger.IsMine(row) && !row.IsSubmitted))
            {
                await run.PassByAsync(group[i], row).ConfigureAwait(false);
            }
            else
            {
                await run.FailAsync([group[i]], ApiEndpoint.SubmissionCreate, new MediaMagicException(LocalErrors.BlobPathCollision(group[i].Path, group[i].BlobPath!))).ConfigureAwait(false);
            }
        }

        return mine;
    }

    private async Task SendAsync(List<BulkFile> files, bool startedOver = false)
    {
        int waits = 0;
        for (int resends = 0; ;)
        {
            MediaMagicException failure;
            try
            {
                Submission created = await run.Client.Submissions.CreateAsync(Wanted(files), run.Cancelled).ConfigureAwait(false);
                await AcceptAsync(files, created).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException cancelled) when (run.Cancelled.IsCancellationRequested)
            {
                await NoteAsync(files, Deliveries.Of(cancelled)).ConfigureAwait(false);
                throw;
            }
            catch (Exception other) when (other != run.Ledger.Broken)
            {
                failure = BulkErrors.Known(other);
            }

            ApiError error = failure.Error;
            bool wasUnknown = files[0].Delivery == Delivery.Unknown;
            if (files.Count > 1 && BulkErrors.MayConcernOne(error))
            {
                // If the session knows one of the files already, nothing was sent.
                await NoteAsync(files, BulkErrors.IsOfSession(error) ? Delivery.NotSent : error.Delivery).ConfigureAwait(false);
                await SendAloneAsync(files, failure).ConfigureAwait(false);
                return;
            }

            if (files.Count == 1 && run.Recall(files[0], error))
            {
                await SendAloneAsync(files, failure).ConfigureAwait(false);
                return;
            }

            files.ForEach(file => file.Add(error.Delivery));
            if (error.Delivery == Delivery.Accepted)
            {
                await AcceptAsync(files, null).ConfigureAwait(false);
                return;
            }

            if (files.Count == 1 && files[0].IsOldUpload && !wasUnknown && error.Code == ErrorCode.InvalidBlobPath)
            {
                await NoteAsync(files, error.Delivery).ConfigureAwait(false);
                if (!await UploadAgainAsync(files[0]).ConfigureAwait(false))
                {
                    return;
                }

                continue;
            }

            bool again;
            try
            {
                again = error.Delivery == Delivery.Unknown
                    ? await run.Patience.BeforeResendAsync(error, resends++, run.Stop).ConfigureAwait(false)
                    : await run.Patience.WaitAsync(error, waits++, run.Stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The create is over: the next run does not take it for one that was being sent.
                await NoteAsync(files, error.Delivery).ConfigureAwait(false);
                await TellAsync(files[0], failure).ConfigureAwait(false);
                throw;
            }

            if (!again && files is [{ Delivery: Delivery.Unknown }] && run.Options.ResubmitUnknown && !startedOver)
            {
                startedOver = true;
                await NoteAsync(files, Delivery.Unknown).ConfigureAwait(false);
                if (!await StartOverAsync(files[0]).ConfigureAwait(false))
                {
                    return;
                }

                (waits, resends) = (0, 0);
            }
            else if (!again)
            {
                await run.FailAsync(files, ApiEndpoint.SubmissionCreate, failure).ConfigureAwait(false);
                return;
            }
        }
    }

    // The ledger holds that a create is under way; this is how it ended.
    private async Task NoteAsync(List<BulkFile> files, Delivery delivery)
    {
        files.ForEach(file => file.Add(delivery));
        await Task.WhenAll(files.Select(run.Ledger.AnsweredAsync)).ConfigureAwait(false);
    }

    // Only alone does each file show what the service thinks of it.
    private async Task SendAloneAsync(List<BulkFile> files, MediaMagicException failure)
    {
        foreach (BulkFile file in files)
        {
            if (run.Stop.IsCancellationRequested)
            {
                // The refusal of one of them may have ended the run: the others are given back.
                await TellAsync(file, failure).ConfigureAwait(false);
            }
            else if (await ReserveAsync([file]).ConfigureAwait(false) is { Count: 1 } mine)
            {
                await SendAsync(mine).ConfigureAwait(false);
            }
        }
    }

    // A run that failed says which file may have been submitted. One that was stopped says no more.
    private Task TellAsync(BulkFile file, MediaMagicException failure) => file.Delivery == Delivery.Unknown && !run.Cancelled.IsCancellationRequested
        ? run.FailAsync([file], ApiEndpoint.SubmissionCreate, failure)
        : Task.CompletedTask;

    private NewSubmission Wanted(List<BulkFile> files) => new(files.Select(static file => file.Asset))
    {
        SidekickIds = run.Options.SidekickIds,
        Metadata = run.Options.Metadata,
        Force = files.Any(file => file.Delivery == Delivery.Unknown),
        Before = files[0].Delivery == Delivery.Unknown ? Delivery.Unknown : Delivery.NotSent,
    };

    // Storage has forgotten what an earlier run uploaded.
    private async Task<bool> UploadAgainAsync(BulkFile file)
    {
        file.BlobPath = null;
        file.IsOldUpload = false;
        return await uploads.UploadAsync(file).ConfigureAwait(false)
            && await ReserveAsync([file]).ConfigureAwait(false) is { Count: 1 };
    }

    // The user would rather have the file twice than not at all: under another name, the service takes it once more.
    private async Task<bool> StartOverAsync(BulkFile file)
    {
        foreach (string name in UniqueName.After(file.RowName, file.Hash, file.UploadName).Take(MostNames))
        {
            if (await run.Ledger.ForgetAsync(file, name).ConfigureAwait(false))
            {
                run.Client.Transfer.Unsettled.Forget(file.BlobPath);
                file.StartOver(name);
                return await UploadAgainAsync(file).ConfigureAwait(false);
            }
        }

        await run.FailAsync([file], ApiEndpoint.SubmissionCreate, new MediaMagicException(LocalErrors.BlobPathCollision(file.Path, file.BlobPath ?? file.UploadName))).ConfigureAwait(false);
        return false;
    }

    private async Task AcceptAsync(List<BulkFile> files, Submission? created)
    {
        run.Succeeded(ApiEndpoint.SubmissionCreate);
        run.Patience.Succeeded();
        bool inOrder = created?.Assets.Length == files.Count;
        for (int i = 0; i < files.Count; i++)
        {
            files[i].SubmissionId = created?.SubmissionId;
            files[i].AssetId = inOrder ? created!.Assets[i].AssetId : null;
            files[i].Status = created?.Status;
            files[i].Add(Delivery.Accepted);
            run.Client.Transfer.Paths.Settle(files[i].UploadName, files[i].BlobPath!, files[i].Hash);
        }

        string? note = created?.SubmissionId is null ? AcceptedBefore : null;
        Task<bool[]> stored = Task.WhenAll(files.Select(file => run.Ledger.SubmittedAsync(file, note)));
        await accepted.AddAsync(new AcceptedFiles([.. files], note, stored), default).ConfigureAwait(false);
    }

    // Its create is unknown, and the blob path that it named is now another file's: nothing can settle it.
    private async Task LeaveAsync(BulkFile file)
    {
        if (!run.Options.ResubmitUnknown)
        {
            ApiError error = LocalErrors.SubmissionOutcomeUnknown([file.UploadName], "it was sent before, and its blob path now belongs to another file");
            await run.FailAsync([file], ApiEndpoint.SubmissionCreate, new MediaMagicException(error)).ConfigureAwait(false);
        }
        else if (await StartOverAsync(file).ConfigureAwait(false))
        {
            await SendAsync([file], startedOver: true).ConfigureAwait(false);
        }
    }
}
