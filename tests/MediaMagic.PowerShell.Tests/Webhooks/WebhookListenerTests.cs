using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>What the listener answers.</summary>
public sealed class WebhookListenerTests
{
    [Fact]
    public async Task A_genuine_delivery_is_taken_and_a_repeat_dropped()
    {
        using TestListener listener = new();
        SignedDelivery delivery = listener.Sign("m1");
        Assert.Equal(204, await listener.SendAsync(delivery));
        Assert.Equal(204, await listener.SendAsync(delivery));
        Assert.Equal(["m1"], await listener.TakeAllAsync());
        Assert.Equal(["POST / 204", "POST / 204: The event m1 was taken before."], listener.Told);
    }

    [Fact]
    public async Task What_is_not_genuine_is_refused()
    {
        using TestListener listener = new();
        SignedDelivery forged = listener.Sign("m1");
        forged.Body[^2] ^= 1;
        Assert.Equal(401, await listener.SendAsync(forged));
        Assert.Equal(401, await listener.SendAsync(new SignedDelivery("m2", listener.Clock.GetUtcNow().AddSeconds(-301))));
        SignedDelivery unsigned = listener.Sign("m3");
        unsigned.Headers.Clear();
        Assert.Equal(401, await listener.SendAsync(unsigned));
        Assert.Empty(await listener.TakeAllAsync());
    }

    [Fact]
    public async Task An_event_refused_once_is_taken_later()
    {
        using TestListener listener = new();
        SignedDelivery stale = new("m1", listener.Clock.GetUtcNow().AddSeconds(-400));
        Assert.Equal(401, await listener.SendAsync(stale));
        Assert.Equal(204, await listener.SendAsync(listener.Sign("m1")));
        Assert.Equal(["m1"], await listener.TakeAllAsync());
    }

    [Fact]
    public async Task A_framework_client_is_served_on_one_connection()
    {
        using TestListener listener = new("/hooks/");
        using HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
        for (int i = 0; i < 250; i++)
        {
            SignedDelivery delivery = listener.Sign($"m{i}");
            using HttpRequestMessage request = new(HttpMethod.Post, $"http://127.0.0.1:{listener.Listener.Port}/hooks?x=1") { Content = new ByteArrayContent(delivery.Body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.ExpectContinue = i % 2 == 0;
            request.Headers.TransferEncodingChunked = i % 3 == 0 ? true : null;
            foreach (KeyValuePair<string, string> header in delivery.Headers)
            {
                request.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            using HttpResponseMessage response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        Assert.Single(listener.Listener.States);
        Assert.Equal(250, (await listener.TakeAllAsync()).Count);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: me\r\n\r\n", 405)]
    [InlineData("HEAD / HTTP/1.1\r\nHost: me\r\n\r\n", 405)]
    [InlineData("PUT / HTTP/1.1\r\nHost: me\r\nContent-Length: 2\r\n\r\n{}", 405)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\n\r\n", 411)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 262145\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 999999999999999\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 9999999999999999\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: +1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length:\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: chunked\r\n\r\n40001\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nExpect: miracle\r\nContent-Length: 2\r\n\r\n{}", 417)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost : me\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\n folded\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: m\ne\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nnonsense\r\n\r\n", 400)]
    [InlineData("POST  / HTTP/1.1\r\nHost: me\r\n\r\n", 400)]
    [InlineData("POST hooks HTTP/1.1\r\nHost: me\r\n\r\n", 400)]
    [InlineData("POST / HTTP/2.0\r\nHost: me\r\n\r\n", 505)]
    [InlineData("POST / FTP/1.1\r\nHost: me\r\n\r\n", 400)]
    [InlineData("\x16\x03\x01\x02\x00\x01\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}", 401)]
    public async Task A_wrong_request_has_its_status(string request, int status)
    {
        using TestListener listener = new();
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync(request);
        string head = await client.ReadHeadAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", head, StringComparison.Ordinal);
        Assert.Equal(status == 405, head.Contains("Allow: POST\r\n", StringComparison.Ordinal));
        client.Finish();
        Assert.Empty(await client.ReadHeadAsync());
        Assert.Empty(await listener.TakeAllAsync());
    }

    [Theory]
    [InlineData("/hooks/", 204)]
    [InlineData("/hooks", 204)]
    [InlineData("/hooks/below?x=%20", 204)]
    [InlineData("http://any.test/hooks/", 204)]
    [InlineData("/", 404)]
    [InlineData("/hooksandmore", 404)]
    [InlineData("/Hooks/", 404)]
    [InlineData("/hooks%2f", 404)]
    [InlineData("http://any.test", 404)]
    public async Task Only_what_is_below_the_prefix_is_served(string target, int status)
    {
        using TestListener listener = new("/hooks");
        Assert.Equal(status, await listener.SendAsync(listener.Sign("m").Request(target)));
    }

    [Fact]
    public async Task A_signed_body_that_is_no_event_is_refused_and_the_connection_stays()
    {
        using TestListener listener = new();
        using RawClient client = await listener.ConnectAsync();
        foreach (string body in new[] { "", "[]", "{", "a=b" })
        {
            await client.SendAsync(listener.Sign("m", body).Request());
            Assert.Equal(400, await client.ReadStatusAsync());
        }

        await client.SendAsync(listener.Sign("m").Request());
        Assert.Equal(204, await client.ReadStatusAsync());
    }

    [Fact]
    public async Task Heads_without_end_are_refused()
    {
        using TestListener listener = new();
        Assert.Equal(431, await listener.SendAsync([.. "POST / HTTP/1.1\r\n"u8, .. Enumerable.Repeat((byte)'a', 20_000)]));
        string many = string.Concat(Enumerable.Range(0, 101).Select(i => $"h{i}: x\r\n"));
        Assert.Equal(431, await listener.SendAsync(System.Text.Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\n{many}\r\n")));
    }

    [Fact]
    public async Task Requests_may_come_in_pieces_in_chunks_and_all_at_once()
    {
        using TestListener listener = new();
        using RawClient client = await listener.ConnectAsync();
        foreach (byte one in listener.Sign("slow").Request())
        {
            await client.SendAsync([one]);
        }

        Assert.Equal(204, await client.ReadStatusAsync());
        await client.SendAsync(listener.Sign("chunks").Chunked(7));
        Assert.Equal(204, await client.ReadStatusAsync());
        await client.SendAsync([.. "\r\n"u8, .. Enumerable.Range(0, 50).SelectMany(i => listener.Sign($"p{i}").Request())]);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(204, await client.ReadStatusAsync());
        }

        Assert.Equal(["slow", "chunks", .. Enumerable.Range(0, 50).Select(i => $"p{i}")], await listener.TakeAllAsync());
    }

    [Fact]
    public async Task A_full_inbox_and_a_reached_count_answer_503()
    {
        using TestListener full = new(room: 2000);
        Assert.Equal(204, await full.SendAsync(full.Sign("m1")));
        using RawClient client = await full.ConnectAsync();
        await client.SendAsync(full.Sign("m2").Request());
        Assert.Contains("Retry-After: 1\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await full.Inbox.TakeAsync(CancellationToken.None);
        Assert.Equal(204, await full.SendAsync(full.Sign("m2")));

        using TestListener counted = new(count: 1);
        Assert.Equal(204, await counted.SendAsync(counted.Sign("m1")));
        Assert.Equal(503, await counted.SendAsync(counted.Sign("m2")));
        Assert.Equal(204, await counted.SendAsync(counted.Sign("m1")));
        Assert.Equal(["m1"], await counted.TakeAllAsync());
    }

    [Fact]
    public async Task Unsigned_deliveries_are_taken_when_allowed_but_not_from_a_browser()
    {
        using TestListener listener = new(unsigned: true);
        SignedDelivery delivery = listener.Sign("m1");
        delivery.Headers.Clear();
        Assert.Equal(204, await listener.SendAsync(delivery));
        Assert.Equal(401, await listener.SendAsync(delivery.Request(extra: "Origin: https://evil.test\r\n")));
        Assert.Equal(["m1"], await listener.TakeAllAsync());
    }

    [Fact]
    public async Task With_a_secret_what_is_signed_must_fit_even_where_unsigned_is_allowed()
    {
        using TestListener listener = new(unsigned: true, secrets: SignedDelivery.Secret);
        SignedDelivery forged = new("m1", listener.Clock.GetUtcNow(), secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.Equal(401, await listener.SendAsync(forged));
        forged.Headers.Clear();
        Assert.Equal(204, await listener.SendAsync(forged));
    }
}
