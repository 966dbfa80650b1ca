using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Tests.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>The listener over real connections: requests gone wrong among good deliveries, of which none is lost, and no place is.</summary>
public sealed class WrongRequestsTests
{
    private const int Workers = 8;

    private static readonly string[] s_words =
    [
        "\r\n", "\n", "\r", "\r\n\r\n", ":", " ", "\t", "\0", "\u00ff", "Content-Length: 0\r\n", "Content-Length: 5, 5\r\n", "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n", "Host: b\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n", "ffffffff\r\n", "0\r\n\r\n", "5;a=b\r\n", "POST / HTTP/1.1\r\n",
        "GET http://a/ HTTP/1.1\r\n", "HTTP/1.0", "{", "[", "\\ud800",
    ];

    [Fact]
    public async Task Good_deliveries_get_through_among_requests_gone_wrong()
    {
        int turns = Turns.Of(60);
        using TestListener listener = new(room: 64L << 20);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (int turn = 0; turn < turns; turn++)
            {
                Random random = new((worker * 1_000_000) + turn);
                await SendWrongAsync(listener, random, $"worker {worker}, turn {turn}");
                Assert.Equal(204, await listener.SendAsync(listener.Sign($"good-{worker}-{turn}")));
            }
        })));
        await listener.ConnectionsAsync(static count => count == 0);
        string?[] taken = [.. (await listener.TakeAllAsync()).Where(static id => id?.StartsWith("good-", StringComparison.Ordinal) == true)];
        Assert.Equal(Workers * turns, taken.Distinct().Count());
        Assert.Equal(taken.Length, taken.Distinct().Count());
    }

    private static async Task SendWrongAsync(TestListener listener, Random random, string turn)
    {
        SignedDelivery delivery = listener.Sign("wrong");
        byte[] right = random.Next(2) == 0 ? delivery.Request(random.Of("/", "/a?b=c", "//", "/%00")) : delivery.Chunked(random.Next(1, 80));
        byte[] bytes = Mutation.Of(random, right, right, s_words);
        using RawClient client = await listener.ConnectAsync();
        try
        {
            foreach (byte[] part in bytes.Chunk(random.Of(1, 7, 100, 100_000)))
            {
                await client.SendAsync(part);
            }

            client.Finish();
            for (int answers = 0; await client.ReadStatusAsync() is not 0 and int status; answers++)
            {
                Assert.True(status is 100 or (>= 200 and < 600) && answers <= 1 + (bytes.Length / 16), turn);
            }
        }
        catch (IOException)
        {
            // Answered, and left before all was sent.
        }
    }
}
