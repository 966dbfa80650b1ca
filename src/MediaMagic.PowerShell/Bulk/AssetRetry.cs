using System;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>Retries the asset of a file that an earlier run submitted, and whose analysis failed.</summary>
internal sealed class AssetRetry(BulkContext run, BoundedQueue<AcceptedFiles> accepted)
{
    public async Task RunAsync(BulkFile file)
    {
        if (file.AssetId is not string asset)
        {
            ApiError error = LocalErrors.SubmissionFailed(file.SubmissionId!, "which of its assets the file is cannot be told, so it is not retried");
            await run.FailAsync([file], ApiEndpoint.AssetRetry, new MediaMagicException(error)).ConfigureAwait(false);
            return;
        }

        try
        {
            Submission retried = await run.Client.Assets.RetryAsync(file.SubmissionId!, asset, run.Stop).ConfigureAwait(false);
            file.Status = retried.Status;
            run.Succeeded(ApiEndpoint.AssetRetry);
        }
        catch (MediaMagicException failure) when (failure != run.Ledger.Broken)
        {
            if (!await IsUnderWayAsync(file, failure.Error).ConfigureAwait(false))
            {
                await run.FailAsync([file], ApiEndpoint.AssetRetry, failure).ConfigureAwait(false);
                return;
            }
        }

        await accepted.AddAsync(new AcceptedFiles([file], null, StoreAsync(file)), default).ConfigureAwait(false);
    }

    private async Task<bool[]> StoreAsync(BulkFile file) => [await run.Ledger.SubmittedAsync(file, null).ConfigureAwait(false)];

    // A run that was ended may have retried the asset before. Then it is no longer failed.
    private async Task<bool> IsUnderWayAsync(BulkFile file, ApiError error)
    {
        if (error.StatusCode != 409 || error.Code == ErrorCode.RetryInProgress)
        {
            return error.Code == ErrorCode.RetryInProgress;
        }

        try
        {
            Submission submission = await run.Client.Submissions.GetAsync(file.SubmissionId!, run.Stop).ConfigureAwait(false);
            return Array.Exists(submission.Assets, asset => asset.AssetId == file.AssetId && !SubmissionStatus.IsFailed(asset.Status));
        }
        catch (MediaMagicException)
        {
            return false;
        }
    }
}
