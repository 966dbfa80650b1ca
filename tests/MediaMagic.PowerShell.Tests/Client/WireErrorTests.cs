using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>Every error status of the contract, from the wire to the <see cref="ApiError"/>.</summary>
public sealed class WireErrorTests : IDisposable
{
    private readonly SimulatorFixture _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Keys_that_do_not_work()
    {
        await ExpectAsync(Read(_service.ClientOf("sk_test_" + new string('0', 64))), 401, ErrorCode.InvalidApiKey);
        await ExpectAsync(Read(_service.ClientOf(_service.Simulator.ExpiredApiKey)), 401, ErrorCode.ApiKeyExpired);
        await ExpectAsync(Read(_service.ClientOf(_service.Simulator.RevokedApiKey)), 401, ErrorCode.ApiKeyRevoked);
        ApiError plan = await ExpectAsync(Read(_service.ClientOf(_service.Simulator.UnplannedApiKey)), 402, ErrorCode.PlanNotAuthorized);
        Assert.Equal("submission_read", plan.Bucket);
    }

    [Fact]
    public async Task Submissions_that_are_refused()
    {
        string path = await _service.UploadAsync("a.txt");
        await ExpectAsync(Create("elsewhere/a.txt"), 403, ErrorCode.InvalidBlobPath);
        await _service.Client.Submissions.CreateAsync(new NewSubmission(path));
        using MediaMagicClient other = _service.ClientOf(_service.Simulator.ApiKey);
        ApiError again = await ExpectAsync(other.Submissions.CreateAsync(new NewSubmission(path)), 409, ErrorCode.AssetAlreadySubmitted);
        Assert.Contains(path, again.Detail, StringComparison.Ordinal);

        NewSubmission version = new();
        version.Assets.Add(new NewAsset { BlobPath = await _service.UploadAsync("b.txt"), PreviousSubmissionId = Guid.NewGuid().ToString() });
        await ExpectAsync(_service.Client.Submissions.CreateAsync(version), 404, ErrorCode.NotFound);

        string wrong = (await _service.Client.Uploads.SendDirectAsync("c.txt", "text/plain", () => new System.Net.Http.ByteArrayContent([1, 2, 3]))).BlobPath!;
        Assert.NotNull(wrong);
    }

    [Fact]
    public async Task Uploads_that_are_refused()
    {
        await ExpectAsync(_service.Client.Uploads.CreateUrlAsync("a.exe", "application/x-msdownload"), 415, ErrorCode.UnsupportedContentType);
        await ExpectAsync(
            _service.Client.Uploads.SendDirectAsync("a.txt", "text/plain", () => new System.Net.Http.ByteArrayContent(new byte[(10 << 20) + 1])), 413, ErrorCode.UploadTooLarge);
        ApiError invalid = await ExpectAsync(_service.Client.Uploads.CreateUrlAsync("../up.mp4", "video/mp4"), 403, ErrorCode.InvalidBlobPath, ErrorCode.Forbidden);
        Assert.False(invalid.Retryable);
    }

    [Fact]
    public async Task Assets_that_cannot_be_read_or_retried()
    {
        using SimulatorFixture slow = new(options => options.ProcessingSeconds = 3600);
        Submission running = await slow.SubmitAsync("a.txt");
        string assetId = running.Assets[0].AssetId!;
        await ExpectAsync(slow.Client.Assets.GetIssuesAsync(running.SubmissionId!, assetId), 404, ErrorCode.AssetNotFinished);
        await ExpectAsync(slow.Client.Assets.GetTopicsAsync(running.SubmissionId!, assetId), 404, ErrorCode.AssetNotFinished);
        await ExpectAsync(slow.Client.Assets.GetIssuesAsync(running.SubmissionId!, "unknown"), 404, ErrorCode.NotFound);
        await ExpectAsync(slow.Client.Assets.RetryAsync(running.SubmissionId!, assetId), 409, ErrorCode.AssetNotRetryable, ErrorCode.RetryInProgress);

        Submission failed = await _service.EndOfAsync((await _service.SubmitAsync("fail-permanent.txt")).SubmissionId!);
        await ExpectAsync(_service.Client.Assets.RetryAsync(failed.SubmissionId!, failed.Assets[0].AssetId!), 409, ErrorCode.AssetNotRetryable);
    }

    [Theory]
    [InlineData("Not found", ErrorCode.AssetNotFinished)]
    [InlineData("Asset has not finished processing", ErrorCode.AssetNotFinished)]
    [InlineData("Submission not found", ErrorCode.NotFound)]
    public async Task A_404_on_issues_is_told_apart_by_words_or_by_a_look(string detail, string code)
    {
        using SimulatorFixture slow = new(options => options.ProcessingSeconds = 3600);
        Submission running = await slow.SubmitAsync("a.txt");
        slow.Simulator.AddFault(new SimulatorFault { Endpoint = "GET */issues", Status = 404, Body = $$"""{"detail":"{{detail}}"}""" });
        await ExpectAsync(slow.Client.Assets.GetIssuesAsync(running.SubmissionId!, running.Assets[0].AssetId!), 404, code);
    }

    [Fact]
    public async Task Other_workspaces_are_out_of_sight()
    {
        Submission mine = await _service.SubmitAsync("a.txt");
        using MediaMagicClient other = _service.ClientOf(_service.Simulator.OtherApiKey);
        await ExpectAsync(other.Submissions.GetAsync(mine.SubmissionId!), 404, ErrorCode.NotFound);
    }

    [Fact]
    public async Task The_sandbox_is_for_sandbox_keys()
    {
        using MediaMagicClient live = _service.ClientOf(_service.Simulator.LiveApiKey);
        await ExpectAsync(live.Sandbox.FireAsync("s1", WebhookEventType.AssetProcessingFailed), 403, ErrorCode.SandboxOnly);
    }

    [Fact]
    public async Task The_validation_envelope_names_its_fields()
    {
        ApiError error = await ExpectAsync(_service.Client.Sandbox.FireAsync("s1", "no.such.event"), 422, ErrorCode.ValidationFailed);
        Assert.NotEmpty(error.Fields);
        Assert.False(string.IsNullOrEmpty(error.Fields[0].Field));
    }

    [Theory]
    [InlineData(400, "domain-401", ErrorCode.BadRequest)]
    [InlineData(401, "domain-401", ErrorCode.InvalidApiKey)]
    [InlineData(402, "plan-gate-402", ErrorCode.PlanNotAuthorized)]
    [InlineData(403, "domain-403", ErrorCode.InvalidBlobPath)]
    [InlineData(404, "domain-404", ErrorCode.NotFound)]
    [InlineData(409, "domain-409", ErrorCode.AssetAlreadySubmitted)]
    [InlineData(409, "domain-409-blobpath", ErrorCode.AssetAlreadySubmitted)]
    [InlineData(413, "domain-413", ErrorCode.UploadTooLarge)]
    [InlineData(415, "domain-415", ErrorCode.UnsupportedContentType)]
    [InlineData(429, "rate-limit-429", ErrorCode.RateLimited)]
    public async Task Bodies_as_documented(int status, string vector, string code)
    {
        _service.Simulator.AddFault(new SimulatorFault { Endpoint = "*", Status = status, Body = Vectors.Read(vector), Count = int.MaxValue });
        using MediaMagicClient once = _service.ClientOf(_service.Simulator.ApiKey, options => options.MaxAttempts = 1);
        ApiError error = await ExpectAsync(once.Submissions.CreateAsync(new NewSubmission("w/a.mp4")), status, code);
        Assert.Equal("POST", error.Method);
        Assert.EndsWith("/api/integrations/submissions", error.Uri, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
        Assert.False(string.IsNullOrEmpty(error.RawBody));
    }

    [Theory]
    [InlineData(500, ErrorCode.ServerError)]
    [InlineData(502, ErrorCode.ResultLoadFailed)]
    [InlineData(503, ErrorCode.ServerError)]
    [InlineData(504, ErrorCode.ServerError)]
    [InlineData(418, ErrorCode.RequestRejected)]
    [InlineData(301, ErrorCode.InvalidResponse)]
    public async Task Other_statuses_on_issues(int status, string code)
    {
        _service.Simulator.AddFault(new SimulatorFault { Endpoint = "*", Status = status, Body = "", Count = int.MaxValue });
        await ExpectAsync(_service.Client.Assets.GetIssuesAsync("s1", "a1"), status, code);
    }

    private Task<Submission> Create(string path) => _service.Client.Submissions.CreateAsync(new NewSubmission(path));

    private static async Task Read(MediaMagicClient client)
    {
        using (client)
        {
            await client.Submissions.GetAsync("s1");
        }
    }

    private static async Task<ApiError> ExpectAsync(Task call, int status, params string[] codes)
    {
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => call);
        Assert.Equal(status, failure.Error.StatusCode);
        Assert.Contains(failure.Error.Code, (IEnumerable<string>)codes);
        return failure.Error;
    }
}
