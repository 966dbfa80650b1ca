using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>Seeded wrong bytes: the listener answers or leaves, never hangs, and serves the next client. A failure names its seed.</summary>
public sealed class ListenerFuzzTests
{
    private static readonly string[] s_words =
    [
        "POST / HTTP/1.1\r\n", "POST / HTTP/1.0\r\n", "GET ", "Host: me\r\n", "Content-Length: ", "Transfer-Encoding: chunked\r\n", "\r\n", "\r\n\r\n",
        "5\r\n", "0\r\n\r\n", "ffffffff\r\n", "7fffffff\r\n", "-1\r\n", ":", " ", "\n", "\0", "\xff\xfe", "{}", "2\r\n", "999999999999999\r\n", "Expect: 100-continue\r\n",
        "Connection: close\r\n", "webhook-id: a\r\n", "webhook-timestamp: 1\r\n", "webhook-signature: v1,AAAA\r\n", ";", "a=b",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Wrong_bytes_on_connections(int seed)
    {
        using TestListener listener = new();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            Random random = new(seed * 1000 + worker);
            for (int i = 0; i < 60; i++)
            {
                byte[] bytes = Bytes(random, listener.Sign("m"));
                using RawClient client = await listener.ConnectAsync();
                try
                {
                    foreach (byte[] part in bytes.Chunk(random.Next(1, bytes.Length + 1)))
                    {
                        await client.SendAsync(part);
                    }

                    client.Finish();
                    int answers = 0;
                    while (await client.ReadStatusAsync() != 0)
                    {
                        Assert.True(++answers <= 1 + bytes.Length / 16, $"seed {seed}, worker {worker}, turn {i}");
                    }
                }
                catch (IOException)
                {
                    // Answered and left before everything was sent.
                }
            }
        })));
        Assert.Equal(204, await listener.SendAsync(listener.Sign("after")));
        await listener.ConnectionsAsync(count => count == 0);
    }

    [Fact]
    public async Task Wrong_bytes_through_the_reader_hold_a_bounded_memory()
    {
        EventInbox inbox = new();
        Reception reception = new("/", new DeliveryVerifier([], true, TimeProvider.System), inbox, static (_, _) => { });
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            using MemoryStream stream = new(Bytes(random, new Delivery("m", DateTimeOffset.UtcNow)));
            ByteReader reader = new(stream);
            while ((await reader.ReadHeadAsync()).Head is RequestHead head && reception.Refuse(head) == 0)
            {
                (byte[]? body, _) = await BodyReader.ReadAsync(reader, head, Reception.LongestBody);
                if (body is null)
                {
                    break;
                }

                Assert.True(body.Length <= Reception.LongestBody);
                Assert.InRange(reception.Answer(head, body), 204, 503);
            }
        }

        inbox.Close();
        while (await inbox.TakeAsync(CancellationToken.None) is WebhookEvent item)
        {
            Assert.NotNull(item.ToString());
        }
    }

    private static byte[] Bytes(Random random, Delivery delivery)
    {
        switch (random.Next(4))
        {
            case 0:
                byte[] noise = new byte[random.Next(1, 400)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => s_words[random.Next(s_words.Length)])));
            default:
                byte[] bytes = random.Next(2) == 0 ? delivery.Request() : delivery.Chunked(random.Next(1, 60));
                for (int i = random.Next(1, 6); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes[..random.Next(1, bytes.Length + 1)];
        }
    }
}
