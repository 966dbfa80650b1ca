using System;
using System.Collections.Generic;
using System.Linq;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Model;

/// <summary>The documented answers, read by the client, and what the contract leaves open about them.</summary>
public sealed class ModelVectorTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Upload_url()
    {
        PresignedUpload url = Read("upload-url-200", client => client.Uploads.CreateUrlAsync("a.mp4", "video/mp4"));
        Assert.Equal("https://<account>.blob.core.windows.net/assets/<path>?<sas>", url.UploadUrl);
        Assert.Equal("660e8400-e29b-41d4-a716-446655440000/campaign-video.mp4", url.BlobPath);
        Assert.Equal(new DateTimeOffset(2026, 6, 3, 13, 0, 0, TimeSpan.Zero), url.ExpiresAt);
    }

    [Fact]
    public void Created_submission()
    {
        Submission created = Read("submission-created-201", client => client.Submissions.CreateAsync(new NewSubmission("w/a")));
        Assert.Equal("550e8400-e29b-41d4-a716-446655440000", created.SubmissionId);
        Assert.Equal(SubmissionStatus.Submitted, created.Status);
        Assert.Equal("submission:550e8400-...", created.AblyChannel);
        SubmissionAsset asset = Assert.Single(created.Assets);
        Assert.Equal(("a1b2", "g1", 1), (asset.AssetId, asset.VersionGroupId, asset.VersionNumber));
        Assert.Equal(SubmissionStatus.Submitted, asset.Status);
    }

    [Fact]
    public void Submission_status()
    {
        Submission read = Read("submission-status-200", client => client.Submissions.GetAsync("s1"));
        Assert.Equal(40, read.ProgressPercent);
        Assert.Null(read.CompletedAt);
        Assert.False(read.IsRetryable);
        Assert.Equal(SubmissionStatus.Processing, read.Assets[0].Status);
        Assert.Equal(0, read.Assets[0].RetryCount);
        Assert.Equal(read.SubmissionId, read.Assets[0].SubmissionId);
    }

    [Fact]
    public void Asset()
    {
        MediaMagic.Asset asset = Read("asset-200", client => client.Assets.GetAsync("s1...", "a1..."));
        Assert.Equal(("campaign-video.mp4", "video/mp4", 2), (asset.FileName, asset.MimeType, asset.IssueCount));
        Assert.Empty(asset.Issues);
    }

    [Fact]
    public void Issue()
    {
        Issue issue = Assert.Single(ReadText($"[{Vectors.Read("issue")}]", client => client.Assets.GetIssuesAsync("s1", "a1")));
        Assert.Equal(("CAP_8.4", Severity.Major, IssueStatus.Open, 1), (issue.RuleCode, issue.Severity, issue.Status, issue.ReferenceNumber));
        Assert.Equal("Upheld", Assert.Single(issue.Precedents).Decision);
        Assert.Equal(("s1", "a1"), (issue.SubmissionId, issue.AssetId));
    }

    [Fact]
    public void Webhook_subscription_and_deliveries()
    {
        WebhookSubscription hook = Read(
            "webhook-subscription-201", client => client.Webhooks.CreateAsync("https://example.com", [WebhookEventType.AssetProcessingFailed]));
        Assert.Equal(2, hook.EventTypes.Length);
        Assert.True(hook.Enabled);
        Assert.Equal("whsec_AbCdEf...", hook.Secret);
        Assert.DoesNotContain("AbCdEf", hook.ToString(), StringComparison.Ordinal);

        WebhookDelivery delivery = Assert.Single(Read("webhook-deliveries-200", client => client.Webhooks.GetDeliveriesAsync("w1")));
        Assert.Equal(123, delivery.ResponseStatus);
        Assert.Null(delivery.CreatedAt);
        Assert.Equal("w1", delivery.SubscriptionId);
    }

    [Fact]
    public void Sandbox_event() => Assert.Equal(2, Read("sandbox-fired-200", client => client.Sandbox.FireAsync("s1", "x")).Dispatched);

    [Theory]
    [InlineData("2026-06-03T12:00:00Z")]
    [InlineData("2026-06-03T12:00:00")]
    [InlineData("2026-06-03T14:00:00+02:00")]
    [InlineData("2026-06-03T12:00:00.0000000Z")]
    [InlineData("2026-06-03T12:00:00.0000000+00:00")]
    [InlineData("2026-06-03 12:00:00Z")]
    [InlineData("20260603T120000Z")]
    [InlineData("yesterday", false)]
    public void Dates(string date, bool known = true)
    {
        Submission read = ReadText($$"""{"createdAt":"{{date}}"}""", client => client.Submissions.GetAsync("s1"));
        Assert.Equal(known ? _clock.Start : null, read.CreatedAt);
    }

    [Theory]
    [InlineData("40", 40)]
    [InlineData("\"40\"", 40)]
    [InlineData("40.0", 40)]
    [InlineData("39.6", 40)]
    [InlineData("null", null)]
    [InlineData("\"forty\"", null)]
    [InlineData("[40]", null)]
    [InlineData("{\"value\":40}", null)]
    [InlineData("true", null)]
    [InlineData("1e99", null)]
    public void Numbers(string json, int? expected) =>
        Assert.Equal(expected, ReadText($$"""{"progressPercent":{{json}}}""", client => client.Submissions.GetAsync("s1")).ProgressPercent);

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"False\"", false)]
    [InlineData("1", true)]
    [InlineData("\"0\"", false)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    public void Flags(string json, bool? expected) =>
        Assert.Equal(expected, ReadText($$"""{"isRetryable":{{json}}}""", client => client.Submissions.GetAsync("s1")).IsRetryable);

    [Theory]
    [InlineData("""{"assets":null}""", 0)]
    [InlineData("""{}""", 0)]
    [InlineData("""{"assets":[null,{"assetId":"a"}]}""", 1)]
    public void Lists_that_are_missing_or_have_holes(string json, int assets) =>
        Assert.Equal(assets, ReadText(json, client => client.Submissions.GetAsync("s1")).Assets.Length);

    [Theory]
    [InlineData("""[{"assetId":"a"}]""")]
    [InlineData("""{"versions":[{"assetId":"a"}]}""")]
    [InlineData("""{"items":[{"assetId":"a"}],"total":1}""")]
    [InlineData("""{"data":[{"assetId":"a"}]}""")]
    [InlineData("""{"results":[{"assetId":"a"}]}""")]
    public void Lists_bare_or_wrapped(string json) =>
        Assert.Equal("a", Assert.Single(ReadText(json, client => client.Submissions.GetVersionsAsync("s1"))).AssetId);

    [Fact]
    public void Unknown_fields_and_words_are_kept_and_can_be_walked()
    {
        Submission read = ReadText(
            """{"submissionId":5,"status":"pondering","extra":{"a":[1,2.5,"x",null,{"b":true}]},"assets":[{"status":"resting","note":"n"}]}""",
            client => client.Submissions.GetAsync("s1"));
        Assert.Equal(("5", "pondering", "resting"), (read.SubmissionId, read.Status, read.Assets[0].Status));
        Assert.Equal("n", read.Assets[0].AdditionalProperties["note"]);
        object?[] list = Assert.IsType<object?[]>(Assert.IsType<Dictionary<string, object?>>(read.AdditionalProperties["extra"])["a"]);
        Assert.Equal(new object?[] { 1L, 2.5, "x", null }, list.Take(4));
        Assert.Equal(true, ((Dictionary<string, object?>)list[4]!)["b"]);
    }

    [Theory]
    [InlineData("processing", null, null, null, "processing")]
    [InlineData("complete", null, null, null, "complete")]
    [InlineData("processing", "boom", null, null, "failed")]
    [InlineData("failed", null, "Timeout", null, "failed")]
    [InlineData("failed", null, null, "3", "complete")]
    [InlineData("failed", null, null, null, "unknown")]
    public void An_asset_without_a_status(string submission, string? message, string? type, string? issues, string expected)
    {
        string json = $$"""{"status":"{{submission}}","assets":[{"errorMessage":{{Quoted(message)}},"errorType":{{Quoted(type)}},"issueCount":{{issues ?? "null"}}}]}""";
        Assert.Equal(expected, ReadText(json, client => client.Submissions.GetAsync("s1")).Assets[0].Status);
        static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";
    }

    private T Read<T>(string vector, Func<MediaMagicClient, System.Threading.Tasks.Task<T>> call) => ReadText(Vectors.Read(vector), call);

    private T ReadText<T>(string body, Func<MediaMagicClient, System.Threading.Tasks.Task<T>> call) =>
        _clock.Run(() => call(TestClient.With(new Answers().Status(200, body), _clock)));
}
