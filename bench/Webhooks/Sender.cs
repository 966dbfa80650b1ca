using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bench.Webhooks;

/// <summary>Signs and delivers events over a number of connections, again where the answer is not a success.</summary>
internal sealed class Sender(string url, string secret) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly byte[] _key = Convert.FromBase64String(secret["whsec_".Length..]);
    private readonly ConcurrentBag<string> _ids = [];
    private readonly ConcurrentBag<double> _times = [];
    private int _next;
    private int _retries;

    public async Task<Sent> SendAsync(int count, int connections, int? pace)
    {
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            for (int number = Interlocked.Increment(ref _next); number <= count; number = Interlocked.Increment(ref _next))
            {
                double early = pace is int rate ? number / (double)rate - Stopwatch.GetElapsedTime(began).TotalSeconds : 0;
                if (early > 0.001)
                {
                    await Task.Delay(TimeSpan.FromSeconds(early));
                }

                await DeliverAsync($"evt_{number}");
            }
        })));
        return new Sent(_ids, Stopwatch.GetElapsedTime(began).TotalSeconds, _retries, [.. _times]);
    }

    public void Dispose() => _http.Dispose();

    private async Task DeliverAsync(string id)
    {
        string time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] body = Encoding.UTF8.GetBytes(
            $$$"""{"id":"{{{id}}}","type":"asset.processing.completed","timestamp":"2026-06-03T12:00:00Z","data":{"submission_id":"{{{Guid.NewGuid()}}}","asset_id":"{{{Guid.NewGuid()}}}","status":"complete"}}""");
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        string signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, signed));
        while (true)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Headers.TryAddWithoutValidation("webhook-id", id);
            request.Headers.TryAddWithoutValidation("webhook-timestamp", time);
            request.Headers.TryAddWithoutValidation("webhook-signature", signature);
            long asked = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await _http.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.NoContent)
            {
                _times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                _ids.Add(id);
                return;
            }

            Interlocked.Increment(ref _retries);
            await Task.Delay(50);
        }
    }
}
