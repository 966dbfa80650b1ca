using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Who is let in, and what they see.</summary>
public sealed class KeyTests : SimulatorTest
{
    [Fact]
    public async Task A_missing_key_is_named()
    {
        using HttpResponseMessage response = await Http.GetAsync(new System.Uri(Server.BaseUri, "api/integrations/webhooks/subscriptions"));
        Answer answer = await Answer.ReadAsync(response);
        Assert.Equal(401, answer.Status);
        Assert.Equal("Missing X-API-Key header", answer.Detail);
    }

    [Fact]
    public async Task Bad_keys_say_what_is_wrong_with_them()
    {
        Assert.Equal("Invalid API key", (await GetAsync("/webhooks/subscriptions", "sk_test_nobody")).Detail);
        Assert.Equal("This API key has expired", (await GetAsync("/webhooks/subscriptions", Server.ExpiredApiKey)).Detail);
        Answer revoked = await GetAsync("/webhooks/subscriptions", Server.RevokedApiKey);
        Assert.Equal(401, revoked.Status);
        Assert.Equal("This API key has been revoked", revoked.Detail);
    }

    [Fact]
    public async Task A_plan_without_the_api_is_answered_402_with_the_bucket()
    {
        Answer answer = await PostAsync("/submissions", new JsonObject(), Server.UnplannedApiKey);
        Assert.Equal(402, answer.Status);
        Assert.Equal("tier_not_authorized_for_integrations_api", answer.Text("error_code"));
        Assert.Equal("submission_write", answer.Text("bucket"));
        Assert.Equal("Your plan does not include access to the Integrations API.", answer.Text("message"));
    }

    [Fact]
    public void Keys_look_like_keys()
    {
        Assert.Matches("^sk_test_[0-9a-f]{64}$", Server.ApiKey);
        Assert.Matches("^sk_live_[0-9a-f]{64}$", Server.LiveApiKey);
        Assert.Matches("^sk_test_[0-9a-f]{64}$", Server.OtherApiKey);
    }

    [Fact]
    public async Task A_key_can_be_chosen_and_must_be_a_sandbox_key()
    {
        Options.ApiKey = "sk_test_mine";
        Assert.Equal(200, (await GetAsync("/webhooks/subscriptions", "sk_test_mine")).Status);
        Assert.Throws<System.ArgumentException>(() => SimulatorServer.Start(new SimulatorOptions { ApiKey = "sk_live_mine" }));
    }

    [Fact]
    public async Task Another_workspace_sees_nothing()
    {
        (string submission, string[] assets) = await SubmitAsync("a.mp4");
        Assert.Equal(200, (await GetAsync($"/submissions/{submission}", Server.LiveApiKey)).Status);
        foreach (string path in new[] { "", "/versions", $"/assets/{assets[0]}", $"/assets/{assets[0]}/issues", $"/assets/{assets[0]}/topics" })
        {
            Answer answer = await GetAsync($"/submissions/{submission}{path}", Server.OtherApiKey);
            Assert.Equal(404, answer.Status);
            Assert.Equal("Submission not found", answer.Detail);
        }

        Assert.Equal(404, (await PostAsync($"/submissions/{submission}/assets/{assets[0]}/retry", null, Server.OtherApiKey)).Status);
    }
}
