using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Rate limits per key and bucket.</summary>
public sealed class RateLimitTests : SimulatorTest
{
    [Fact]
    public async Task A_window_begins_with_its_first_request_and_ends_a_minute_later()
    {
        Options.RateLimits = new Dictionary<string, int> { ["submission_read"] = 3 };
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(404, (await GetAsync("/submissions/x")).Status);
            Clock.Advance(10.25);
        }

        Answer answer = await GetAsync("/submissions/x/versions");
        Assert.Equal(429, answer.Status);
        Assert.Equal("30", answer.Headers["Retry-After"]);
        Assert.Equal("{\"error\":\"Rate limit exceeded: too many submission reads\"}", answer.Raw);

        Clock.Advance(30);
        Assert.Equal(404, (await GetAsync("/submissions/x")).Status);
    }

    [Fact]
    public async Task Buckets_and_keys_are_independent()
    {
        Options.RateLimits = new Dictionary<string, int> { ["*"] = 1, ["sandbox"] = 2 };
        Assert.Equal(404, (await GetAsync("/submissions/x")).Status);
        Assert.Equal(429, (await GetAsync("/submissions/x")).Status);
        Assert.Equal(404, (await GetAsync("/submissions/x", Server.LiveApiKey)).Status);
        Assert.Equal(200, (await GetAsync("/webhooks/subscriptions")).Status);
        int[] sandbox = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await PostAsync("/sandbox/events/fire", new JsonObject())).Status))];
        Assert.Equal([422, 422, 429], sandbox.Order());
    }

    [Fact]
    public async Task A_bad_key_is_refused_before_it_is_counted()
    {
        Options.RateLimits = new Dictionary<string, int> { ["*"] = 1 };
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(401, (await GetAsync("/submissions/x", Server.ExpiredApiKey)).Status);
        }
    }

    [Fact]
    public async Task A_token_bucket_refills_steadily()
    {
        Options.RateLimits = new Dictionary<string, int> { ["*"] = 6 };
        Options.RateLimitMode = RateLimitMode.TokenBucket;
        int[] burst = [.. (await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => GetAsync("/submissions/x")))).Select(answer => answer.Status)];
        Assert.Equal(1, burst.Count(status => status == 429));
        Assert.Equal("10", (await GetAsync("/submissions/x")).Headers["Retry-After"]);
        Clock.Advance(10);
        Assert.Equal(404, (await GetAsync("/submissions/x")).Status);
        Assert.Equal(429, (await GetAsync("/submissions/x")).Status);
    }

    [Theory]
    [InlineData("uploads", 5)]
    [InlineData("upload", 0)]
    public void Limits_that_are_none_are_refused(string bucket, int limit) =>
        Assert.Throws<System.ArgumentException>(() => SimulatorServer.Start(new SimulatorOptions { RateLimits = new Dictionary<string, int> { [bucket] = limit } }));
}
