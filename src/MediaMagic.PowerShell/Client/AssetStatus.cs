namespace MediaMagic.Client;

/// <summary>The state of an asset that its submission's answer does not state.</summary>
internal static class AssetStatus
{
    public static string? Derive(Submission submission, SubmissionAsset asset)
    {
        if (!string.IsNullOrEmpty(asset.ErrorMessage) || !string.IsNullOrEmpty(asset.ErrorType))
        {
            return SubmissionStatus.Failed;
        }

        if (!SubmissionStatus.IsFailed(submission.Status))
        {
            return submission.Status;
        }

        return asset.IssueCount is null ? SubmissionStatus.Unknown : SubmissionStatus.Complete;
    }
}
