using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>Each of the sixteen endpoints, from the client to the simulator and back.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly SimulatorFixture _service;

    public RoundTripTests() => _service = new SimulatorFixture(options => options.TimeProvider = _clock);

    private MediaMagicClient Client => _service.Client;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Presigned_url_and_upload()
    {
        PresignedUpload url = await Client.Uploads.CreateUrlAsync("campaign video.mp4", "video/mp4");
        Assert.Equal($"{_service.Simulator.WorkspaceId}/campaign video.mp4", url.BlobPath);
        Assert.Equal(_clock.GetUtcNow().AddHours(1), url.ExpiresAt);

        using HttpClient storage = new() { Timeout = Timeout.InfiniteTimeSpan };
        using HttpRequestMessage put = new(HttpMethod.Put, url.UploadUrl) { Content = new ByteArrayContent(new byte[] { 0, 0, 0, 24 }) };
        put.Headers.Add("x-ms-blob-type", "BlockBlob");
        using HttpResponseMessage answer = await storage.SendAsync(put);
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal(4, _service.Simulator.FindBlob(url.BlobPath!)!.Length);
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("Ünïcödé 视频 \"quoted\" 100%.txt")]
    [InlineData("-dash & plus+.txt")]
    public async Task Direct_upload_keeps_the_name(string name)
    {
        string path = await _service.UploadAsync(name);
        Assert.Equal($"{_service.Simulator.WorkspaceId}/{name}", path);
        Assert.Equal(25, _service.Simulator.FindBlob(path)!.Length);
    }

    [Fact]
    public async Task Submission_from_creation_to_its_end()
    {
        NewSubmission wanted = new(await _service.UploadAsync("a.txt"), await _service.UploadAsync("b.txt"))
        {
            SidekickIds = [Guid.NewGuid()],
            Metadata = new Hashtable { ["campaign"] = "summer", ["ids"] = new object[] { 1, 2.5, null!, true } },
            SimulationDelaySeconds = 30,
        };
        Submission created = await Client.Submissions.CreateAsync(wanted);
        Assert.Equal(2, created.Assets.Length);
        Assert.All(created.Assets, asset => Assert.Equal(created.SubmissionId, asset.SubmissionId));
        Assert.Equal($"submission:{created.SubmissionId}", created.AblyChannel);
        Assert.Equal(1, created.Assets[0].VersionNumber);

        _clock.Advance(29.9);
        Assert.Equal(SubmissionStatus.Processing, (await Client.Submissions.GetAsync(created.SubmissionId!)).Status);
        _clock.Advance(0.1);
        Submission ended = await _service.EndOfAsync(created.SubmissionId!);
        Assert.Equal(SubmissionStatus.Complete, ended.Status);
        Assert.Equal(100, ended.ProgressPercent);
        Assert.Equal(_service.Simulator.WorkspaceId, ended.WorkspaceId);
        Assert.NotNull(ended.CreatedAt);
        Assert.NotNull(ended.CompletedAt);
        Assert.All(ended.Assets, asset => Assert.Equal(SubmissionStatus.Complete, asset.Status));
    }

    [Fact]
    public async Task Versions_of_an_asset()
    {
        Submission first = await _service.SubmitAsync("a.txt");
        NewSubmission next = new();
        next.Assets.Add(new NewAsset { BlobPath = await _service.UploadAsync("a.txt", "Better now."), PreviousSubmissionId = first.SubmissionId });
        Submission second = await Client.Submissions.CreateAsync(next);
        Assert.Equal(first.Assets[0].VersionGroupId, second.Assets[0].VersionGroupId);
        Assert.Equal(2, second.Assets[0].VersionNumber);

        List<SubmissionVersion> versions = await Client.Submissions.GetVersionsAsync(second.SubmissionId!);
        Assert.Equal([1, 2], versions.Select(version => version.VersionNumber!.Value).Order());
        Assert.Contains(versions, version => version.SubmissionId == first.SubmissionId);
    }

    [Fact]
    public async Task Asset_issues_and_topics()
    {
        Submission submission = await _service.EndOfAsync((await _service.SubmitAsync("advert.txt")).SubmissionId!);
        string assetId = submission.Assets[0].AssetId!;

        Asset asset = await Client.Assets.GetAsync(submission.SubmissionId!, assetId);
        Assert.Equal("advert.txt", asset.FileName);
        Assert.Equal("text/plain", asset.MimeType);

        List<Issue> issues = await Client.Assets.GetIssuesAsync(submission.SubmissionId!, assetId);
        Assert.Equal(asset.IssueCount, issues.Count);
        Assert.NotEmpty(issues);
        Assert.All(issues, issue =>
        {
            Assert.Equal(assetId, issue.AssetId);
            Assert.Equal(submission.SubmissionId, issue.SubmissionId);
            Assert.False(string.IsNullOrEmpty(issue.Severity));
        });

        TopicReport topics = await Client.Assets.GetTopicsAsync(submission.SubmissionId!, assetId);
        Assert.Equal(issues.Count, topics.OrphanIssues.Length + topics.Topics.Sum(topic => topic.Issues.Length));
        Assert.All(topics.Topics, topic => Assert.True(topic.Issues.Length >= 2));
    }

    [Fact]
    public async Task Failed_asset_and_its_retry()
    {
        Submission failed = await _service.EndOfAsync((await _service.SubmitAsync("fail-retryable.txt")).SubmissionId!);
        SubmissionAsset asset = failed.Assets.Single();
        Assert.Equal(SubmissionStatus.Failed, asset.Status);
        Assert.True(failed.IsRetryable);
        Assert.True(asset.IsRetryable);
        Assert.False(string.IsNullOrEmpty(asset.ErrorMessage));

        await Client.Assets.RetryAsync(failed.SubmissionId!, asset.AssetId!);
        Assert.Equal(SubmissionStatus.Complete, (await _service.EndOfAsync(failed.SubmissionId!)).Status);
    }

    [Fact]
    public async Task Webhook_subscription_from_creation_to_removal()
    {
        WebhookSubscription created = await Client.Webhooks.CreateAsync(
            "https://example.com/hook", [WebhookEventType.AssetProcessingCompleted], "for the test");
        Assert.StartsWith("whsec_", created.Secret, StringComparison.Ordinal);
        Assert.True(created.Enabled);
        Assert.Equal([WebhookEventType.AssetProcessingCompleted], created.EventTypes);

        Assert.Equal(created.Id, Assert.Single(await Client.Webhooks.ListAsync()).Id);
        Assert.Null((await Client.Webhooks.GetAsync(created.Id!)).Secret);
        Assert.False((await Client.Webhooks.SetEnabledAsync(created.Id!, enabled: false)).Enabled);
        Assert.True((await Client.Webhooks.SetEnabledAsync(created.Id!, enabled: true)).Enabled);

        Submission submission = await _service.EndOfAsync((await _service.SubmitAsync("a.txt")).SubmissionId!);
        Assert.Equal(1, (await Client.Sandbox.FireAsync(submission.SubmissionId!, WebhookEventType.AssetProcessingCompleted)).Dispatched);
        List<WebhookDelivery> deliveries = await Client.Webhooks.GetDeliveriesAsync(created.Id!, limit: 50);
        Assert.All(deliveries, delivery => Assert.Equal(created.Id, delivery.SubscriptionId));
        Assert.NotEmpty(deliveries);

        await Client.Webhooks.RemoveAsync(created.Id!);
        Assert.Empty(await Client.Webhooks.ListAsync());
        MediaMagicException gone = await Assert.ThrowsAsync<MediaMagicException>(() => Client.Webhooks.GetAsync(created.Id!));
        Assert.Equal(404, gone.Error.StatusCode);
    }

    [Fact]
    public async Task Wrapped_lists_read_the_same()
    {
        using SimulatorFixture wrapped = new(options => options.WrapLists = true);
        Submission submission = await wrapped.EndOfAsync((await wrapped.SubmitAsync("advert.txt")).SubmissionId!);
        Assert.Single(await wrapped.Client.Submissions.GetVersionsAsync(submission.SubmissionId!));
        Assert.NotEmpty(await wrapped.Client.Assets.GetIssuesAsync(submission.SubmissionId!, submission.Assets[0].AssetId!));
        await wrapped.Client.Webhooks.CreateAsync("https://example.com/hook", [WebhookEventType.AssetProcessingCompleted]);
        Assert.Single(await wrapped.Client.Webhooks.ListAsync());
    }

    [Fact]
    public async Task An_asset_without_a_status_takes_what_its_submission_implies()
    {
        using SimulatorFixture silent = new(options => options.OmitAssetStatus = true);
        Submission complete = await silent.EndOfAsync((await silent.SubmitAsync("a.txt")).SubmissionId!);
        Assert.Equal(SubmissionStatus.Complete, complete.Assets[0].Status);
        Submission failed = await silent.EndOfAsync((await silent.SubmitAsync("fail-permanent.txt")).SubmissionId!);
        Assert.Equal(SubmissionStatus.Failed, failed.Assets[0].Status);
    }

    [Fact]
    public async Task Three_hundred_calls_in_a_row_use_one_connection()
    {
        // The framework's own listener ends a connection after a hundred requests.
        using RawServer server = RawServer.Always(RawServer.Ok("""{"submissionId":"s1"}"""));
        using MediaMagicClient client = TestClient.Of(server.BaseUri);
        for (int i = 0; i < 300; i++)
        {
            await client.Submissions.GetAsync("s1");
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal(300, server.Requests.Count);
    }

    [Fact]
    public async Task Keys_go_to_the_api_alone()
    {
        await Submission_from_creation_to_its_end();
        await Presigned_url_and_upload();
        Assert.Empty(_service.Simulator.Violations);
    }
}
