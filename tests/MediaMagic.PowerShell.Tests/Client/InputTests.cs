using System;
using System.Collections;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>What cannot work is refused with what is allowed, before anything is sent.</summary>
public sealed class InputTests
{
    private readonly FakeClock _clock = new();
    private readonly Answers _answers = new Answers().Status(200, "{}");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("hello")]
    [InlineData("sk_live_abc")]
    [InlineData("sk_prod_0000000000000000000000000000000000000000000000000000000000000000")]
    public void Malformed_keys(string key)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new MediaMagicClient(key));
        Assert.True(key.Trim().Length == 0 || !refused.Message.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://api.example.com", "https")]
    [InlineData("ftp://api.example.com", "https")]
    [InlineData("https://user:word@api.example.com", "user name")]
    [InlineData("https://api.example.com?x=1", "query")]
    public void Addresses_that_must_not_get_a_key(string address, string says)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => With(options => options.BaseUri = new Uri(address)));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => With(options => options.BaseUri = new Uri("api", UriKind.Relative)));
    }

    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080/")]
    [InlineData("https://api.example.com/api/integrations", "https://api.example.com/")]
    [InlineData("https://api.example.com/api/integrations/", "https://api.example.com/")]
    [InlineData("https://api.example.com/tenant/", "https://api.example.com/tenant/")]
    public void Addresses_that_may(string address, string known) =>
        Assert.Equal(known, With(options => options.BaseUri = new Uri(address)).BaseUri.AbsoluteUri);

    [Fact]
    public void Options_out_of_their_bounds()
    {
        Action<MediaMagicClientOptions>[] changes =
        [
            options => options.MaxAttempts = 0,
            options => options.MaxAttempts = 101,
            options => options.Timeout = TimeSpan.Zero,
            options => options.RetryBaseDelay = TimeSpan.FromSeconds(-1),
            options => options.MaxRetryDelay = TimeSpan.FromDays(2),
            options => options.BreakerThreshold = 0,
            options => options.BreakerDuration = TimeSpan.Zero,
        ];
        Assert.All(changes, change => Assert.Contains("must be from", Assert.Throws<ArgumentOutOfRangeException>(() => With(change)).Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => With(options => options.Proxy = new Uri("proxy", UriKind.Relative)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(30.1)]
    [InlineData(double.NaN)]
    public async Task Simulation_delays_out_of_bounds(double seconds)
    {
        ArgumentException refused = await Refused(client => client.Submissions.CreateAsync(new NewSubmission("w/a") { SimulationDelaySeconds = seconds }));
        Assert.Contains("from 0 to 30", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_delay_on_a_live_key()
    {
        using MediaMagicClient live = TestClient.With(_answers, _clock, key: TestClient.LiveKey);
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => live.Submissions.CreateAsync(new NewSubmission("w/a") { SimulationDelaySeconds = 1 }));
        Assert.Contains("sandbox", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_answers.Asked);
    }

    [Fact]
    public async Task Empty_and_impossible_things()
    {
        Func<MediaMagicClient, Task>[] calls =
        [
            client => client.Submissions.CreateAsync(new NewSubmission()),
            client => client.Submissions.CreateAsync(new NewSubmission("")),
            client => client.Submissions.CreateAsync(new NewSubmission("w/a") { Metadata = new Hashtable { ["x"] = new object() } }),
            client => client.Submissions.CreateAsync(new NewSubmission("w/a") { Metadata = new Hashtable { ["x"] = double.NaN } }),
            client => client.Submissions.CreateAsync(new NewSubmission("w/a") { Metadata = Endless() }),
            client => client.Submissions.GetAsync(""),
            client => client.Submissions.GetAsync(".."),
            client => client.Assets.GetAsync("s1", "."),
            client => client.Uploads.CreateUrlAsync("", "video/mp4"),
            client => client.Uploads.CreateUrlAsync("a.mp4", " "),
            client => client.Uploads.SendDirectAsync("a.mp4", "", () => new ByteArrayContent([])),
            client => client.Webhooks.CreateAsync("http://example.com", [WebhookEventType.AssetProcessingFailed]),
            client => client.Webhooks.CreateAsync("http://localhost", [WebhookEventType.AssetProcessingFailed]),
            client => client.Webhooks.CreateAsync("/hook", [WebhookEventType.AssetProcessingFailed]),
            client => client.Webhooks.CreateAsync("https://example.com/" + new string('x', 2083), [WebhookEventType.AssetProcessingFailed]),
            client => client.Webhooks.CreateAsync("https://example.com", []),
            client => client.Webhooks.GetDeliveriesAsync("w1", limit: 0),
            client => client.Webhooks.GetDeliveriesAsync("w1", limit: 201),
            client => client.Sandbox.FireAsync("", "x"),
            client => client.Sandbox.FireAsync("s1", ""),
        ];
        foreach (Func<MediaMagicClient, Task> call in calls)
        {
            Assert.False(string.IsNullOrWhiteSpace((await Refused(call)).Message));
        }
    }

    [Fact]
    public void Ids_cannot_leave_their_place_in_the_path()
    {
        using MediaMagicClient client = TestClient.With(_answers, _clock);
        _clock.Run(() => client.Submissions.GetAsync("../../uploads/url?x=1#y %2e/ü"));
        Assert.Equal("GET /api/integrations/submissions/..%2F..%2Fuploads%2Furl%3Fx%3D1%23y%20%252e%2F%C3%BC", _answers.Asked[0]);
    }

    private static Hashtable Endless()
    {
        Hashtable self = [];
        self["self"] = self;
        return self;
    }

    private async Task<ArgumentException> Refused(Func<MediaMagicClient, Task> call)
    {
        using MediaMagicClient client = TestClient.With(_answers, _clock);
        ArgumentException refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => call(client));
        Assert.Empty(_answers.Asked);
        return refused;
    }

    private MediaMagicClient With(Action<MediaMagicClientOptions> change) => TestClient.With(_answers, _clock, change);
}
