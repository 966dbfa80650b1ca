using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using MediaMagic.Tests.Webhooks;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>What the listener keeps for its clients: places, and the ids that it has seen.</summary>
public sealed class ListenerPlacesTests
{
    [Fact]
    public async Task A_connection_that_ends_in_a_fault_of_ours_gives_its_place_back()
    {
        bool faulty = true;
        FakeClock clock = new();
        EventInbox inbox = new();
        using WebhookListener listener = WebhookListener.Start(
            ListenerPrefix.Parse("http://127.0.0.1:0/"),
            new DeliveryVerifier([SignedDelivery.Secret], false, clock),
            inbox,
            (_, _) =>
            {
                if (faulty)
                {
                    throw new InvalidOperationException("A fault.");
                }
            },
            clock);
        for (int i = 0; i < 300; i++)
        {
            using RawClient client = await RawClient.ConnectAsync(listener.Port);
            await client.SendAsync("GET / HTTP/1.1\r\nHost: me\r\n\r\n");
            Assert.Equal(0, await client.ReadStatusAsync());
        }

        faulty = false;
        using RawClient next = await RawClient.ConnectAsync(listener.Port);
        await next.SendAsync(new SignedDelivery("m", clock.GetUtcNow()).Request());
        Assert.Equal(204, await next.ReadStatusAsync());
    }

    [Fact]
    public void A_long_id_is_known_again_and_not_kept()
    {
        RecentIds ids = new(3);
        List<WeakReference> seen = [.. Enumerable.Range(0, 3).Select(number => See(ids, number))];
        GC.Collect();
        Assert.All(seen, static id => Assert.False(id.IsAlive));
        Assert.True(ids.Contains(LongId(0)));
        Assert.False(ids.Contains(LongId(3)));
        ids.Add("short");
        Assert.False(ids.Contains(LongId(0)));
        Assert.True(ids.Contains("short"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference See(RecentIds ids, int number)
    {
        string id = LongId(number);
        ids.Add(id);
        return new WeakReference(id);
    }

    private static string LongId(int number) => new string('x', 200_000) + number;
}
