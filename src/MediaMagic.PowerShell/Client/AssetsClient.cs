using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;

namespace MediaMagic.Client;

/// <summary>Assets: their results, and another try for the failed ones.</summary>
public sealed class AssetsClient : ClientPart
{
    private readonly SubmissionsClient _submissions;

    internal AssetsClient(ApiSender sender, SubmissionsClient submissions, RequestObserver? observer)
        : base(sender, observer)
    {
        _submissions = submissions;
    }

    /// <summary>Reads an asset with its issues.</summary>
    public async Task<Asset> GetAsync(string submissionId, string assetId, CancellationToken stop = default)
    {
        Asset asset = await ReadAsync(Get(PathOf(submissionId, assetId), RateBucket.SubmissionRead), ModelJson.Default.Asset, stop).ConfigureAwait(false);
        asset.SubmissionId ??= submissionId;
        asset.AssetId ??= assetId;
        return Filled(asset, asset.Issues, submissionId, assetId);
    }

    /// <summary>Reads an asset's issues.</summary>
    public Task<List<Issue>> GetIssuesAsync(string submissionId, string assetId, CancellationToken stop = default) =>
        Decided(submissionId, assetId, ReadIssuesAsync(submissionId, assetId, stop), stop);

    /// <summary>Reads an asset's issues, grouped by topic.</summary>
    public Task<TopicReport> GetTopicsAsync(string submissionId, string assetId, CancellationToken stop = default) =>
        Decided(submissionId, assetId, ReadTopicsAsync(submissionId, assetId, stop), stop);

    /// <summary>Has a failed asset analyzed once more.</summary>
    public Task<Submission> RetryAsync(string submissionId, string assetId, CancellationToken stop = default) => RetryAsync(submissionId, assetId, null, stop);

    /// <summary>Has a failed asset analyzed once more. <paramref name="retryCount"/> is how often that was done before, if the caller has read it.</summary>
    internal async Task<Submission> RetryAsync(string submissionId, string assetId, int? retryCount, CancellationToken stop)
    {
        ApiRequest request = new(HttpMethod.Post, PathOf(submissionId, assetId) + "/retry", RateBucket.SubmissionWrite, RequestSafety.Create)
        {
            Endpoint = ApiEndpoint.AssetRetry,
        };
        try
        {
            Submission retried = await ReadAsync(request, ModelJson.Default.Submission, stop).ConfigureAwait(false);
            return SubmissionsClient.Complete(retried, submissionId);
        }
        catch (MediaMagicException failure) when (failure.Error.Delivery == Delivery.Unknown)
        {
            // No answer settles a retry, but the asset does: if it is no longer failed, or its number of retries is higher, the retry was accepted.
            if (await FindAsync(submissionId, assetId, stop).ConfigureAwait(false) is var (submission, asset)
                && (!SubmissionStatus.IsFailed(asset.Status) || asset.RetryCount > retryCount))
            {
                return submission;
            }

            throw;
        }
    }

    private static string PathOf(string submissionId, string assetId) =>
        $"submissions/{Escaped(submissionId, nameof(submissionId))}/assets/{Escaped(assetId, nameof(assetId))}";

    private async Task<List<Issue>> ReadIssuesAsync(string submissionId, string assetId, CancellationToken stop)
    {
        List<Issue> issues = await ReadListAsync(
            Get(PathOf(submissionId, assetId) + "/issues", RateBucket.SubmissionRead, ApiEndpoint.AssetIssues),
            ModelJson.Default.Issue,
            stop,
            "issues",
            "items",
            "data").ConfigureAwait(false);
        return Filled(issues, issues, submissionId, assetId);
    }

    private async Task<TopicReport> ReadTopicsAsync(string submissionId, string assetId, CancellationToken stop)
    {
        TopicReport report = await ReadAsync(
            Get(PathOf(submissionId, assetId) + "/topics", RateBucket.SubmissionRead, ApiEndpoint.AssetTopics),
            ModelJson.Default.TopicReport,
            stop).ConfigureAwait(false);
        report.SubmissionId ??= submissionId;
        report.AssetId ??= assetId;
        Filled(report, report.OrphanIssues, submissionId, assetId);
        foreach (Topic topic in report.Topics)
        {
            Filled(topic, topic.Issues, submissionId, assetId);
        }

        return report;
    }

    private static T Filled<T>(T owner, IEnumerable<Issue> issues, string submissionId, string assetId)
    {
        foreach (Issue issue in issues)
        {
            issue.SubmissionId ??= submissionId;
            issue.AssetId ??= assetId;
        }

        return owner;
    }

    // Issues and topics answer 404 both for what does not exist and for what is not finished.
    // Where the words do not say which, one look at the submission does.
    private async Task<T> Decided<T>(string submissionId, string assetId, Task<T> reading, CancellationToken stop)
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (MediaMagicException failure) when (ErrorReader.IsUndecidedNotFound(failure.Error))
        {
            if (await FindAsync(submissionId, assetId, stop).ConfigureAwait(false) is var (_, asset) && !SubmissionStatus.IsFinal(asset.Status))
            {
                throw new MediaMagicException(ErrorReader.AsNotFinished(failure.Error));
            }

            throw;
        }
    }

    private async Task<(Submission Submission, SubmissionAsset Asset)?> FindAsync(string submissionId, string assetId, CancellationToken stop)
    {
        try
        {
            Submission submission = await _submissions.GetAsync(submissionId, stop).ConfigureAwait(false);
            return System.Array.Find(submission.Assets, item => item.AssetId == assetId) is SubmissionAsset asset ? (submission, asset) : null;
        }
        catch (MediaMagicException)
        {
            return null;
        }
    }
}
