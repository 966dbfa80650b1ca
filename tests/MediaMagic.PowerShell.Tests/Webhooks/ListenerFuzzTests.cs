using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Webhooks;
using Xunit;
using Xunit.Sdk;

namespace MediaMagic.Tests.Webhooks;

/// <summary>Seeded wrong bytes: the listener answers or leaves, never hangs, and serves the next client. A failure names its seed.</summary>
public sealed class ListenerFuzzTests
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

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
            for (int turn = 0; turn < 60; turn++)
            {
                try
                {
                    await SendAsync(listener, random);
                }
                catch (IOException)
                {
                    // Answered, and left before everything was sent.
                }
                catch (Exception failure)
                {
                    throw new XunitException($"Turn {turn} of worker {worker} failed with seed {seed}.", failure);
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
        for (int seed = 0; seed < 20_000; seed++)
        {
            using MemoryStream stream = new(Bytes(new Random(seed), new SignedDelivery("m", s_now)));
            ByteReader reader = new(stream, new TaskCompletionSource<bool>().Task);
            while ((await reader.ReadHeadAsync()).Head is RequestHead head && reception.Refuse(head) == 0)
            {
                (byte[]? body, _) = await BodyReader.ReadAsync(reader, head, Reception.LongestBody);
                if (body is null)
                {
                    break;
                }

                Assert.True(body.Length <= Reception.LongestBody, $"The body had {body.Length} bytes with seed {seed}.");
                await reception.AnswerAsync(head, body, status =>
                {
                    Assert.True(status is >= 204 and <= 503, $"The answer was {status} with seed {seed}.");
                    return Task.CompletedTask;
                });
            }
        }

        inbox.Close();
        while (await inbox.TakeAsync(CancellationToken.None) is WebhookEvent item)
        {
            Assert.NotNull(item.ToString());
        }
    }

    private static async Task SendAsync(TestListener listener, Random random)
    {
        byte[] bytes = Bytes(random, listener.Sign("m"));
        using RawClient client = await listener.ConnectAsync();
        foreach (byte[] part in bytes.Chunk(random.Next(1, bytes.Length + 1)))
        {
            await client.SendAsync(part);
        }

        client.Finish();
        int answers = 0;
        while (await client.ReadStatusAsync() != 0)
        {
            Assert.True(++answers <= 1 + (bytes.Length / 16), $"{answers} answers");
        }
    }

    private static byte[] Bytes(Random random, SignedDelivery delivery)
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
