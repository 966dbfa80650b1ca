using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Webhook subscriptions.</summary>
public sealed class WebhookTests : SimulatorTest
{
    [Fact]
    public async Task The_secret_is_told_once()
    {
        Answer created = await SubscribeAsync("https://example.com/hooks");
        Assert.Equal(201, created.Status);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{32}$", created.Text("secret"));
        Assert.Equal(Server.WorkspaceId, created.Text("workspaceId"));
        Assert.True(created.Body["enabled"]!.GetValue<bool>());
        string id = created.Text("id");
        Assert.DoesNotContain("secret", (await GetAsync($"/webhooks/subscriptions/{id}")).Raw);
        Answer list = await GetAsync("/webhooks/subscriptions");
        Assert.Equal(id, Assert.Single(list.Body.AsArray())!["id"]!.GetValue<string>());
        Assert.DoesNotContain("secret", list.Raw);
    }

    [Fact]
    public async Task A_destination_must_be_given()
    {
        Answer answer = await PostAsync("/webhooks/subscriptions", new JsonObject { ["eventTypes"] = new JsonArray("asset.processing.failed") });
        Assert.Equal(400, answer.Status);
        Assert.Contains("missing a delivery destination", answer.Detail);
    }

    [Theory]
    [InlineData("http://example.com/hooks")]
    [InlineData("ftp://127.0.0.1/hooks")]
    [InlineData("//\u202e\\=<<h[!;e)")]
    [InlineData("hooks")]
    [InlineData("")]
    public async Task The_endpoint_must_be_https(string url)
    {
        Answer answer = await SubscribeAsync(url);
        Assert.Equal(422, answer.Status);
        Assert.Equal(["endpointUrl"], answer.Fields());
    }

    [Fact]
    public async Task Plain_http_to_this_machine_can_be_refused_as_the_service_does()
    {
        Assert.Equal(201, (await SubscribeAsync("http://127.0.0.1:9/hooks")).Status);
        Options.AllowLoopbackWebhooks = false;
        Assert.Equal(422, (await SubscribeAsync("http://127.0.0.1:9/hooks")).Status);
    }

    [Fact]
    public async Task Urls_have_at_most_2083_characters()
    {
        string url = "https://example.com/" + new string('x', 2063);
        Assert.Equal(201, (await SubscribeAsync(url)).Status);
        Assert.Equal(422, (await SubscribeAsync(url + "x")).Status);
    }

    [Theory]
    [InlineData("[]", "eventTypes")]
    [InlineData("null", "eventTypes")]
    [InlineData("[\"asset.created\"]", "eventTypes.0")]
    [InlineData("[3]", "eventTypes.0")]
    public async Task Event_types_must_be_known(string types, string field)
    {
        JsonObject body = new() { ["endpointUrl"] = "https://example.com", ["eventTypes"] = JsonNode.Parse(types) };
        Answer answer = await PostAsync("/webhooks/subscriptions", body);
        Assert.Equal(422, answer.Status);
        Assert.Equal([field], answer.Fields());
    }

    [Fact]
    public async Task A_workspace_has_a_limit()
    {
        Options.MaxWebhookSubscriptions = 2;
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SubscribeAsync("https://example.com")));
        Assert.Equal(2, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.Equal(422, answer.Status));
        Assert.Equal(201, (await SubscribeAsync("https://example.com", Server.OtherApiKey)).Status);
    }

    [Fact]
    public async Task Enabled_is_all_that_changes()
    {
        string id = (await SubscribeAsync("https://example.com")).Text("id");
        Clock.Advance(60);
        Answer answer = await PatchAsync(id, new JsonObject { ["enabled"] = false });
        Assert.Equal(200, answer.Status);
        Assert.False(answer.Body["enabled"]!.GetValue<bool>());
        Assert.Equal("2026-06-03T12:01:00Z", answer.Text("updatedAt"));
        Assert.Equal(["description"], (await PatchAsync(id, new JsonObject { ["enabled"] = true, ["description"] = "x" })).Fields());
        Assert.Equal(["enabled"], (await PatchAsync(id, new JsonObject { ["enabled"] = "yes" })).Fields());
        Assert.Equal(["enabled"], (await PatchAsync(id, new JsonObject())).Fields());
    }

    [Fact]
    public async Task What_is_deleted_is_gone()
    {
        string id = (await SubscribeAsync("https://example.com")).Text("id");
        Answer deleted = await SendAsync(HttpMethod.Delete, $"/webhooks/subscriptions/{id}", null);
        Assert.Equal(204, deleted.Status);
        Assert.Empty(deleted.Raw);
        Assert.Equal(404, (await SendAsync(HttpMethod.Delete, $"/webhooks/subscriptions/{id}", null)).Status);
        Assert.Equal(404, (await GetAsync($"/webhooks/subscriptions/{id}")).Status);
    }

    [Fact]
    public async Task Others_find_nothing()
    {
        string id = (await SubscribeAsync("https://example.com")).Text("id");
        Assert.Empty((await GetAsync("/webhooks/subscriptions", Server.OtherApiKey)).Body.AsArray());
        Assert.Equal(404, (await GetAsync($"/webhooks/subscriptions/{id}", Server.OtherApiKey)).Status);
        Assert.Equal(404, (await GetAsync($"/webhooks/subscriptions/{id}/deliveries", Server.OtherApiKey)).Status);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    [InlineData("status_filter=Not+Snake")]
    public async Task Delivery_queries_are_validated(string query)
    {
        string id = (await SubscribeAsync("https://example.com")).Text("id");
        Answer answer = await GetAsync($"/webhooks/subscriptions/{id}/deliveries?{query}");
        Assert.Equal(422, answer.Status);
        Assert.Equal([query.Split('=')[0]], answer.Fields());
    }

    private Task<Answer> SubscribeAsync(string url, string? key = null) => PostAsync(
        "/webhooks/subscriptions",
        new JsonObject { ["endpointUrl"] = url, ["eventTypes"] = new JsonArray("asset.processing.completed", "asset.processing.failed") },
        key);

    private Task<Answer> PatchAsync(string id, JsonObject body) => SendAsync(HttpMethod.Patch, $"/webhooks/subscriptions/{id}", Json(body));
}
