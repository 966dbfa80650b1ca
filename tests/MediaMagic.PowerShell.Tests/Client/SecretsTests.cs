using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>Canary secrets go through everything the client does, and must show up nowhere.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Hex = "c0ffee5ecre7";
    private static readonly string s_key = "sk_test_" + string.Concat(Enumerable.Repeat(Hex, 5)) + "beef";
    private readonly string _log = Path.Combine(Path.GetTempPath(), $"mediamagic-{Guid.NewGuid():N}.jsonl");
    private readonly SimulatorFixture _service = new(options => options.ApiKey = s_key);

    public void Dispose()
    {
        _service.Dispose();
        File.Delete(_log);
    }

    [Fact]
    public async Task Nothing_the_client_says_shows_a_key_a_signature_or_a_webhook_secret()
    {
        List<string> said = [];

        // A client for each status: no gate that one has closed, and no open breaker, keeps the next one from being asked.
        foreach (int status in new[] { 400, 401, 402, 403, 404, 409, 413, 415, 422, 418, 429, 500, 502, 503, 301, 200 })
        {
            said.AddRange(await SayAllAsync(hook => [
                JsonSerializer.Serialize(new { detail = $"key {s_key} url {hook.Url} hook {hook.Secret}", message = s_key, error = hook.Secret, docs_url = hook.Url }),
                $"<html><title>{s_key}</title>{hook.Url}</html>",
                $"{s_key} {hook.Secret} {hook.Url}",
                $$"""{"detail":"key {{s_key}} url {{hook.Url}} hook {{hook.Secret}}""",
            ], body => new SimulatorFault
            {
                Endpoint = "*",
                Status = status,
                Body = body,
                Count = 0,
                Headers = new Dictionary<string, string> { ["X-Request-ID"] = s_key, ["X-Echo"] = s_key },
            }));
        }

        foreach (DropConnection drop in new[] { DropConnection.Before, DropConnection.After })
        {
            said.AddRange(await SayAllAsync(_ => [string.Empty], _ => new SimulatorFault { Endpoint = "*", DropConnection = drop, Count = 0 }));
        }

        Assert.True(said.Count > 500, $"Only {said.Count} things were said.");
    }

    // What a client says of a service that echoes everything.
    private async Task<List<string>> SayAllAsync(Func<(string Url, string Secret), string[]> bodies, Func<string, SimulatorFault> fault)
    {
        Listener listener = new();
        List<string> said = listener.Said;
        _service.Simulator.ClearFaults();
        using MediaMagicClient owner = _service.ClientOf(s_key, options =>
        {
            options.LogPath = _log;
            options.CircuitBreaker = false;
            options.MaxRetryDelay = TimeSpan.FromMilliseconds(20);
        });
        MediaMagicClient client = owner.Observed(listener);
        PresignedUpload url = await client.Uploads.CreateUrlAsync("a.mp4", "video/mp4");
        WebhookSubscription hook = await client.Webhooks.CreateAsync("https://example.com", [WebhookEventType.AssetProcessingFailed]);
        foreach (string body in bodies((url.UploadUrl!, hook.Secret!)))
        {
            _service.Simulator.ClearFaults();
            _service.Simulator.AddFault(fault(body));
            said.AddRange(await SayAsync(() => client.Submissions.CreateAsync(new NewSubmission("w/" + Guid.NewGuid()))));
            said.AddRange(await SayAsync(() => client.Submissions.CreateAsync(new NewSubmission(url.UploadUrl!))));
            said.AddRange(await SayAsync(() => client.Submissions.GetAsync(s_key)));
        }

        _service.Simulator.ClearFaults();
        await client.Webhooks.RemoveAsync(hook.Id!);
        said.AddRange(client.History.Select(record => $"{record} {JsonSerializer.Serialize(record)}"));
        said.AddRange([client.ToString(), client.KeyHint, url.ToString(), hook.ToString(), .. await File.ReadAllLinesAsync(_log)]);
        string signature = new Uri(url.UploadUrl!).Query.Split('&').Single(part => part.Contains("sig=", StringComparison.Ordinal)).Split('=')[1];
        string[] secrets = [s_key, s_key["sk_test_".Length..], signature, Uri.UnescapeDataString(signature), hook.Secret!["whsec_".Length..]];
        Assert.All(said, text => Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        return said;
    }

    private static async Task<string[]> SayAsync(Func<Task> call)
    {
        try
        {
            await call();
            return [];
        }
        catch (MediaMagicException failure)
        {
            return [failure.ToString(), failure.Message, JsonSerializer.Serialize(failure.Error), failure.Error.ToString()];
        }
    }

    private sealed class Listener : RequestObserver
    {
        public List<string> Said { get; } = [];

        public override bool WantsExchanges => true;

        public override void OnRequest(RequestRecord record) => Said.Add($"{record} {JsonSerializer.Serialize(record)}");

        public override void OnExchange(string text) => Said.Add(text);
    }
}
