using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Webhook deliveries: signed, retried, recorded, and to this machine only.</summary>
public sealed class DeliveryTests : SimulatorTest
{
    [Fact]
    public void The_signature_is_that_of_the_documented_vector() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign(
            Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "{\"test\": 2432232314}"u8.ToArray()));

    [Fact]
    public async Task The_end_of_processing_is_delivered_signed()
    {
        using Receiver receiver = new();
        string secret = (await SubscribeAsync(receiver.Url)).Text("secret");
        (string id, string[] assets) = await SubmitAsync("good.mp4", "fail-permanent.mp4");
        Assert.Empty(receiver.Received);
        Clock.Advance(2);
        await EndedAsync(2);
        Assert.Equal(2, receiver.Received.Count);

        foreach ((byte[] body, Dictionary<string, string> headers) in receiver.Received)
        {
            JsonNode envelope = JsonNode.Parse(body)!;
            JsonNode data = envelope["data"]!;
            bool failed = data["asset_id"]!.GetValue<string>() == assets[1];
            Assert.Equal(["id", "type", "timestamp", "data"], envelope.AsObject().Select(member => member.Key));
            Assert.Equal(failed ? "asset.processing.failed" : "asset.processing.completed", envelope["type"]!.GetValue<string>());
            Assert.Equal(failed ? "failed" : "complete", data["status"]!.GetValue<string>());
            Assert.Equal(failed ? "The asset could not be decoded" : null, data["error_message"]?.GetValue<string>());
            Assert.Equal(id, data["submission_id"]!.GetValue<string>());
            Assert.Equal(envelope["id"]!.GetValue<string>(), headers["webhook-id"]);
            Assert.Equal("1780488002", headers["webhook-timestamp"]);
            byte[] key = Convert.FromBase64String(secret["whsec_".Length..]);
            string signature = WebhookSignature.Sign(key, headers["webhook-id"], headers["webhook-timestamp"], body);
            Assert.Equal(signature, headers["webhook-signature"]);
        }
    }

    [Fact]
    public async Task A_delivery_is_tried_again_with_the_same_event_until_it_is_taken()
    {
        using Receiver receiver = new(500, 302);
        string id = (await SubscribeAsync(receiver.Url)).Text("id");
        await SubmitAsync("a.mp4");
        Clock.Advance(2);
        await EndedAsync(1);
        Clock.Advance(1);
        await EndedAsync(2);
        Clock.Advance(2);
        await EndedAsync(3);

        JsonNode[] attempts = Attempts(id);
        Assert.Equal([200, 302, 500], attempts.Select(attempt => attempt["responseStatus"]!.GetValue<int>()));
        Assert.Equal(["delivered", "failed", "failed"], attempts.Select(attempt => attempt["status"]!.GetValue<string>()));
        Assert.Single(attempts.Select(attempt => attempt["eventId"]!.GetValue<string>()).Distinct());
        Assert.Single(receiver.Received.Select(delivery => delivery.Headers["webhook-id"]).Distinct());

        Answer failed = await GetAsync($"/webhooks/subscriptions/{id}/deliveries?status_filter=failed&limit=1");
        Assert.Single(failed.Body["attempts"]!.AsArray());
        Assert.Equal(2, failed.Body["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_well_is_given_up()
    {
        Options.WebhookAttempts = 3;
        using Receiver receiver = new(Enumerable.Repeat(500, 100).ToArray());
        string id = (await SubscribeAsync(receiver.Url)).Text("id");
        await SubmitAsync("a.mp4");
        Clock.Advance(2);
        await EndedAsync(1);
        Clock.Advance(1);
        await EndedAsync(2);
        Clock.Advance(2);
        await EndedAsync(3);
        Clock.Advance(600);
        Assert.Equal(["failed", "failed", "failed"], Attempts(id).Select(attempt => attempt["status"]!.GetValue<string>()));
        Assert.Equal(3, receiver.Received.Count);
    }

    [Fact]
    public async Task A_delivery_times_out_after_ten_seconds_of_the_clock()
    {
        Options.WebhookAttempts = 1;
        TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        try
        {
            string id = (await SubscribeAsync($"http://{silent.LocalEndpoint}/")).Text("id");
            await SubmitAsync("a.mp4");
            Clock.Advance(2);
            await Clock.UntilTimerAsync(TimeSpan.FromSeconds(10));
            Clock.Advance(10);
            await EndedAsync(1);
            Assert.Equal("failed", Assert.Single(Attempts(id))["status"]!.GetValue<string>());
            using HttpResponseMessage state = await Http.GetAsync(new Uri(Server.BaseUri, "simulator/state"));
            Assert.Contains("no answer within 10 s", await state.Content.ReadAsStringAsync());
        }
        finally
        {
            silent.Stop();
        }
    }

    [Fact]
    public async Task Nothing_leaves_this_machine()
    {
        string id = (await SubscribeAsync("https://example.invalid/hooks")).Text("id");
        await SubmitAsync("a.mp4");
        Clock.Advance(2);
        await EndedAsync(1);
        Assert.Equal("failed", Assert.Single(Attempts(id))["status"]!.GetValue<string>());
        using HttpResponseMessage state = await Http.GetAsync(new Uri(Server.BaseUri, "simulator/state"));
        Assert.Contains("not delivered: the simulator only talks to this machine", await state.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_fired_event_goes_to_every_listener_for_every_asset()
    {
        using Receiver receiver = new();
        await SubscribeAsync(receiver.Url, "asset.processing.failed");
        await SubscribeAsync(receiver.Url);
        string disabled = (await SubscribeAsync(receiver.Url)).Text("id");
        await SendAsync(HttpMethod.Patch, $"/webhooks/subscriptions/{disabled}", Json(new JsonObject { ["enabled"] = false }));
        await SubscribeAsync(receiver.Url, "asset.processing.completed");
        (string id, _) = await SubmitAsync("a.mp4", "b.mp4");

        Answer answer = await FireAsync(id, "asset.processing.failed");
        Assert.Equal(200, answer.Status);
        Assert.Equal("{\"dispatched\":4}", answer.Raw);
        await EndedAsync(4);
        Assert.Equal(4, receiver.Received.Count);
        Assert.All(receiver.Received, delivery => Assert.Contains("Sandbox simulated failure", Encoding.UTF8.GetString(delivery.Body)));
    }

    [Fact]
    public async Task Events_are_fired_in_the_sandbox_only()
    {
        (string id, _) = await SubmitAsync("a.mp4");
        Assert.Equal(403, (await FireAsync(id, "asset.processing.failed", Server.LiveApiKey)).Status);
        Assert.Equal(404, (await FireAsync(Guid.NewGuid().ToString(), "asset.processing.failed")).Status);
        Assert.Equal(["eventType"], (await FireAsync(id, "asset.created")).Fields());
        Assert.Equal(["eventType", "submissionId"], (await PostAsync("/sandbox/events/fire", new JsonObject())).Fields());
    }

    private Task EndedAsync(int attempts) => UntilAsync(() => Server.EndedDeliveries == attempts);

    private JsonNode[] Attempts(string id)
    {
        Uri deliveries = new(Server.BaseUri, $"api/integrations/webhooks/subscriptions/{id}/deliveries");
        using HttpRequestMessage request = new(HttpMethod.Get, deliveries);
        request.Headers.Add("X-API-Key", Server.ApiKey);
        using HttpResponseMessage response = Http.Send(request);
        return [.. JsonNode.Parse(response.Content.ReadAsStream())!["attempts"]!.AsArray().Select(attempt => attempt!)];
    }

    private Task<Answer> SubscribeAsync(string url, params string[] types)
    {
        string[] asked = types.Length > 0 ? types : ["asset.processing.completed", "asset.processing.failed"];
        return PostAsync("/webhooks/subscriptions", new JsonObject
        {
            ["endpointUrl"] = url,
            ["eventTypes"] = new JsonArray([.. asked.Select(type => (JsonNode)type)]),
        });
    }

    private Task<Answer> FireAsync(string submission, string type, string? key = null) =>
        PostAsync("/sandbox/events/fire", new JsonObject { ["eventType"] = type, ["submissionId"] = submission }, key);
}
