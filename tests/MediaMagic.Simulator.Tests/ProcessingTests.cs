using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Processing in simulated time, and retries.</summary>
public sealed class ProcessingTests : SimulatorTest
{
    [Fact]
    public async Task A_submission_goes_from_submitted_over_processing_to_complete()
    {
        (string id, _) = await SubmitAsync("a.mp4");
        JsonNode begun = await StatusAsync(id);
        Assert.Equal("submitted", Text(begun, "status"));
        Assert.Null(begun["workflowId"]);
        Assert.Equal(0, begun["progressPercent"]!.GetValue<int>());

        Clock.Advance(1);
        JsonNode half = await StatusAsync(id);
        Assert.Equal("processing", Text(half, "status"));
        Assert.Equal(50, half["progressPercent"]!.GetValue<int>());
        Assert.NotNull(half["workflowId"]);
        Assert.Null(half["completedAt"]);
        Assert.Null(half["assets"]![0]!["issueCount"]);

        Clock.Advance(1);
        JsonNode ended = await StatusAsync(id);
        Assert.Equal("complete", Text(ended, "status"));
        Assert.Equal(100, ended["progressPercent"]!.GetValue<int>());
        Assert.Equal("2026-06-03T12:00:02Z", Text(ended, "completedAt"));
        Assert.NotNull(ended["assets"]![0]!["issueCount"]);
        Assert.Equal("complete", Text(ended["assets"]![0]!, "status"));
        Assert.False(ended["isRetryable"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_status_has_exactly_the_documented_members()
    {
        (string id, _) = await SubmitAsync("a.mp4");
        JsonNode status = await StatusAsync(id);
        Assert.Equal(
            ["submissionId", "workflowId", "workspaceId", "status", "progressPercent", "createdAt", "completedAt", "errorMessage", "assets", "isRetryable"],
            status.AsObject().Select(member => member.Key));
        Assert.Equal(
            ["assetId", "versionGroupId", "versionNumber", "issueCount", "status", "errorMessage", "errorType", "isRetryable", "retryCount"],
            status["assets"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task The_status_of_assets_can_be_left_out()
    {
        Options.OmitAssetStatus = true;
        (string id, _) = await SubmitAsync("a.mp4");
        Assert.False((await StatusAsync(id))["assets"]![0]!.AsObject().ContainsKey("status"));
    }

    [Fact]
    public async Task The_simulation_delay_makes_it_last_longer()
    {
        JsonObject body = new() { ["assets"] = new JsonArray(new JsonObject { ["blobPath"] = await UploadAsync("a.mp4") }) };
        string id = (await PostAsync("/submissions?simulationDelaySeconds=5", body)).Text("submissionId");
        Clock.Advance(6.9);
        Assert.Equal("processing", Text(await StatusAsync(id), "status"));
        Clock.Advance(0.1);
        Assert.Equal("complete", Text(await StatusAsync(id), "status"));
    }

    [Fact]
    public async Task A_slow_asset_takes_ten_times_as_long()
    {
        (string id, _) = await SubmitAsync("slow.mp4");
        Clock.Advance(19.9);
        Assert.Equal("processing", Text(await StatusAsync(id), "status"));
        Clock.Advance(0.1);
        Assert.Equal("complete", Text(await StatusAsync(id), "status"));
    }

    [Fact]
    public async Task A_retryable_failure_completes_after_a_retry()
    {
        (string id, string[] assets) = await SubmitAsync("fail-retryable.mp4", "good.mp4");
        Clock.Advance(2);
        JsonNode failed = await StatusAsync(id);
        Assert.Equal("failed", Text(failed, "status"));
        Assert.Equal("1 of 2 assets failed", Text(failed, "errorMessage"));
        Assert.True(failed["isRetryable"]!.GetValue<bool>());
        Assert.Equal("processing_timeout", Text(failed["assets"]![0]!, "errorType"));
        Assert.Equal("complete", Text(failed["assets"]![1]!, "status"));

        Answer retry = await RetryAsync(id, assets[0]);
        Assert.Equal(202, retry.Status);
        Assert.Equal("processing", retry.Text("status"));
        Assert.Equal(id, retry.Text("submissionId"));
        Assert.Equal("processing", Text(await StatusAsync(id), "status"));
        Assert.Contains("in progress", (await RetryAsync(id, assets[0])).Detail);

        Clock.Advance(2);
        JsonNode ended = await StatusAsync(id);
        Assert.Equal("complete", Text(ended, "status"));
        Assert.Equal(1, ended["assets"]![0]!["retryCount"]!.GetValue<int>());
        Assert.Null(ended["errorMessage"]);
    }

    [Fact]
    public async Task Some_need_two_retries()
    {
        (string id, string[] assets) = await SubmitAsync("fail-retryable-twice.mp4");
        foreach (string status in new[] { "failed", "failed", "complete" })
        {
            Clock.Advance(2);
            Assert.Equal(status, Text(await StatusAsync(id), "status"));
            await RetryAsync(id, assets[0]);
        }
    }

    [Fact]
    public async Task Attempts_are_used_up()
    {
        (string id, string[] assets) = await SubmitAsync("fail-retryable-always.mp4");
        for (int i = 0; i < Options.MaxRetries; i++)
        {
            Clock.Advance(2);
            Assert.Equal(202, (await RetryAsync(id, assets[0])).Status);
        }

        Clock.Advance(2);
        Assert.False((await StatusAsync(id))["isRetryable"]!.GetValue<bool>());
        Answer answer = await RetryAsync(id, assets[0]);
        Assert.Equal(409, answer.Status);
        Assert.Contains("used up", answer.Detail);
    }

    [Theory]
    [InlineData("fail-permanent.mp4", "not retryable")]
    [InlineData("good.mp4", "not failed")]
    public async Task What_cannot_be_retried_is_a_conflict(string name, string words)
    {
        (string id, string[] assets) = await SubmitAsync(name);
        Clock.Advance(2);
        Answer answer = await RetryAsync(id, assets[0]);
        Assert.Equal(409, answer.Status);
        Assert.Contains(words, answer.Detail);
        Assert.False((await StatusAsync(id))["isRetryable"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Of_many_retries_at_once_one_is_accepted()
    {
        (string id, string[] assets) = await SubmitAsync("fail-retryable.mp4");
        Clock.Advance(2);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => RetryAsync(id, assets[0])));
        Assert.Equal(1, answers.Count(answer => answer.Status == 202));
        Assert.Equal(31, answers.Count(answer => answer.Status == 409));
    }

    [Fact]
    public async Task The_newest_rule_decides_before_the_name()
    {
        Server.AddRule("*.mp4", SimulatorOutcome.FailPermanent);
        Server.AddRule("fail-?ermanent*", SimulatorOutcome.Complete);
        (string id, _) = await SubmitAsync("a.mp4", "fail-permanent.mp4");
        Clock.Advance(2);
        JsonNode status = await StatusAsync(id);
        Assert.Equal("failed", Text(status["assets"]![0]!, "status"));
        Assert.Equal("complete", Text(status["assets"]![1]!, "status"));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private async Task<JsonNode> StatusAsync(string id) => (await GetAsync($"/submissions/{id}")).Body;

    private Task<Answer> RetryAsync(string id, string asset) => PostAsync($"/submissions/{id}/assets/{asset}/retry", null);
}
