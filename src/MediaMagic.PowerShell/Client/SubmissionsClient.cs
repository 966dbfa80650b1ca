using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;

namespace MediaMagic.Client;

/// <summary>Submissions: creating them, and reading how far they are.</summary>
public sealed class SubmissionsClient : ClientPart
{
    private readonly SubmittedPaths _submitted;

    internal SubmissionsClient(ApiSender sender, SubmittedPaths submitted, RequestObserver? observer)
        : base(sender, observer)
    {
        _submitted = submitted;
    }

    /// <summary>
    /// Creates a submission. The service has no way to tell a repeat from a new one but the blob path, so a path that this
    /// session submitted before is refused here, unless forced or the next version of something.
    /// </summary>
    public async Task<Submission> CreateAsync(NewSubmission submission, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(submission);
        using SubmittedPaths.Claim claim = _submitted.Enter([.. submission.Assets], submission.Force);
        ApiRequest request = CreateRequest(submission, claim.Before.Then(submission.Before));
        Submission created;
        try
        {
            created = await ReadAsync(request, ReadCreated, stop).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            claim.End(Deliveries.Of(failure));
            throw;
        }

        claim.End(Delivery.Accepted);
        return Complete(created, created.SubmissionId);
    }

    /// <summary>Reads how far a submission is.</summary>
    public async Task<Submission> GetAsync(string submissionId, CancellationToken stop = default)
    {
        string path = "submissions/" + Escaped(submissionId, nameof(submissionId));
        Submission read = await ReadAsync(Get(path, RateBucket.SubmissionRead), ModelJson.Default.Submission, stop).ConfigureAwait(false);
        return Complete(read, submissionId);
    }

    /// <summary>Reads all versions of a submission's assets.</summary>
    public Task<List<SubmissionVersion>> GetVersionsAsync(string submissionId, CancellationToken stop = default) => ReadListAsync(
        Get($"submissions/{Escaped(submissionId, nameof(submissionId))}/versions", RateBucket.SubmissionRead),
        ModelJson.Default.SubmissionVersion,
        stop,
        "versions",
        "items",
        "data");

    /// <summary>Fills in what the answer leaves to be understood.</summary>
    internal static Submission Complete(Submission submission, string? submissionId)
    {
        submission.SubmissionId ??= submissionId;
        foreach (SubmissionAsset asset in submission.Assets)
        {
            asset.SubmissionId ??= submission.SubmissionId;
            asset.Status ??= AssetStatus.Derive(submission, asset);
        }

        return submission;
    }

    // Without its id there is a submission that nobody can ask for.
    private static Submission ReadCreated(ApiAnswer answer)
    {
        Submission created = AnswerReader.Read(answer, ModelJson.Default.Submission);
        return string.IsNullOrWhiteSpace(created.SubmissionId)
            ? throw new UnreadableAnswerException($"The service answered {answer.Status}, but named no submission.")
            : created;
    }

    private ApiRequest CreateRequest(NewSubmission submission, Delivery before)
    {
        if (submission.Assets.Count == 0)
        {
            throw new ArgumentException("A submission needs at least one asset: the blob path of an uploaded file.", nameof(submission));
        }

        SubmissionBody body = new() { SidekickIds = submission.SidekickIds, Metadata = submission.Metadata };
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (NewAsset asset in submission.Assets)
        {
            if (seen.Add(Required(asset?.BlobPath, nameof(submission), "The blob path of an asset")))
            {
                body.Assets.Add(new AssetBody { BlobPath = asset!.BlobPath, PreviousSubmissionId = asset.PreviousSubmissionId });
            }
        }

        RequestSafety safety = submission.Assets.Any(asset => asset.PreviousSubmissionId is not null) ? RequestSafety.CreateVersion : RequestSafety.Create;
        return new ApiRequest(HttpMethod.Post, "submissions" + DelayQuery(submission.SimulationDelaySeconds), RateBucket.SubmissionWrite, safety)
        {
            Endpoint = ApiEndpoint.SubmissionCreate,
            Before = before,
            BlobPaths = [.. body.Assets.Select(static asset => asset.BlobPath!)],
            Json = Json(body, ModelJson.Default.SubmissionBody),
        };
    }

    private string DelayQuery(double? seconds)
    {
        if (seconds is null)
        {
            return string.Empty;
        }

        if (seconds is not (>= 0 and <= 30))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), $"The simulation delay must be from 0 to 30 seconds; {seconds} is not.");
        }

        return Key.IsSandbox
            ? "?simulationDelaySeconds=" + seconds.Value.ToString("0.###", CultureInfo.InvariantCulture)
            : throw new ArgumentException("A simulation delay works with a sandbox key (sk_test_…) only, and this session has a live one.");
    }
}
