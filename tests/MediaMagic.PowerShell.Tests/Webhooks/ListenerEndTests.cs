using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>Slow clients, crowds, and the end.</summary>
public sealed class ListenerEndTests
{
    [Theory]
    [InlineData("", "Idle", 60, 0)]
    [InlineData("POST / HT", "Head", 10, 408)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 10\r\n\r\n{", "Body", 20, 408)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", "Body", 20, 408)]
    public async Task A_client_that_takes_its_time_is_told_to_go(string begun, string state, double limit, int status)
    {
        using TestListener listener = new();
        Task served = listener.Listener.NextChange();
        using RawClient client = await listener.ConnectAsync();

        // A new connection is Idle before the listener serves it, and its time starts only then.
        await served;
        await client.SendAsync(begun);
        await listener.StatesAsync(Enum.Parse<ConnectionState>(state));
        listener.Pass(limit + 0.5);
        Assert.Equal(status, await client.ReadStatusAsync());
        await listener.StatesAsync();
    }

    [Theory]
    [InlineData(0, "Idle", 60)]
    [InlineData(20, "Head", 10)]
    [InlineData(-1, "Body", 20)]
    public async Task A_client_is_served_up_to_the_limit_of_its_state(int sent, string state, double limit)
    {
        using TestListener listener = new();
        byte[] request = listener.Sign("m1").Request();
        int split = sent < 0 ? request.Length + sent : sent;
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync(request[..split]);
        await listener.StatesAsync(Enum.Parse<ConnectionState>(state));
        listener.Pass(limit);
        await client.SendAsync(request[split..]);
        Assert.Equal(204, await client.ReadStatusAsync());
    }

    [Fact]
    public async Task A_trickle_of_bytes_gains_no_time()
    {
        using TestListener listener = new();
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: me\r\n");
        await listener.StatesAsync(ConnectionState.Head);
        for (int i = 0; i < 21; i++)
        {
            await client.SendAsync("a");
            listener.Pass(0.5);
        }

        Assert.Equal(408, await client.ReadStatusAsync());
    }

    [Fact]
    public async Task Idle_clients_make_room_for_one_with_a_delivery()
    {
        using TestListener listener = new();
        RawClient[] idle = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => listener.ConnectAsync()));
        Assert.Equal(204, await listener.SendAsync(listener.Sign("m1")));
        await listener.ConnectionsAsync(count => count <= 256);
        Array.ForEach(idle, client => client.Dispose());
        await listener.ConnectionsAsync(count => count == 0);
    }

    [Fact]
    public async Task A_full_listener_closes_the_longest_idle_client_when_another_one_connects()
    {
        using TestListener listener = new();
        Task served = listener.Listener.NextChange();
        List<RawClient> idle = [await listener.ConnectAsync()];
        await served;
        listener.Pass(1);
        while (idle.Count < 256)
        {
            idle.Add(await listener.ConnectAsync());
        }

        await listener.ConnectionsAsync(static count => count == 256);
        Assert.Equal(204, await listener.SendAsync(listener.Sign("m1")));
        Assert.Equal(0, await idle[0].ReadStatusAsync());
        foreach (RawClient client in idle[1..])
        {
            await client.SendAsync(listener.Sign("m1").Request());
            Assert.Equal(204, await client.ReadStatusAsync());
            client.Dispose();
        }
    }

    [Fact]
    public async Task The_end_answers_what_is_under_way_and_frees_the_port()
    {
        using TestListener listener = new(count: 1);
        using RawClient first = await listener.ConnectAsync();
        using RawClient late = await listener.ConnectAsync();
        byte[] request = listener.Sign("m2").Request();
        await late.SendAsync(request[..40]);
        await first.SendAsync(listener.Sign("m1").Request());
        Assert.Equal(204, await first.ReadStatusAsync());
        await listener.StatesAsync(ConnectionState.Idle, ConnectionState.Head);

        Task end = listener.Listener.CloseAsync(CancellationToken.None);
        await late.SendAsync(request[40..]);
        Assert.Equal(503, await late.ReadStatusAsync());
        Assert.Equal(0, await first.ReadStatusAsync());
        await end;
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(listener.ConnectAsync);
        Assert.Equal(["m1"], await listener.TakeAllAsync());
    }

    [Fact]
    public async Task What_keeps_its_request_unfinished_does_not_hold_up_the_end()
    {
        using TestListener listener = new();
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\n");
        await listener.StatesAsync(ConnectionState.Head);
        Task end = listener.Listener.CloseAsync(CancellationToken.None);
        Assert.False(end.IsCompleted);
        listener.Pass(2);
        await end;
        Assert.Equal(0, await client.ReadStatusAsync());
        await listener.StatesAsync();
    }

    [Fact]
    public async Task An_event_is_handed_out_after_its_answer_when_the_consumer_ends_the_listener()
    {
        using TestListener listener = new();
        Task<string?>? consumer = null;
        listener.BeforeAnswer = () => consumer = TakeOneAsync(listener);
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync(listener.Sign("m1").Request());
        Assert.Equal(204, await client.ReadStatusAsync());
        Assert.Equal("m1", await consumer!);
    }

    [Fact]
    public async Task Events_answered_while_it_ends_are_the_events_handed_out()
    {
        for (int round = 0; round < 20; round++)
        {
            using TestListener listener = new(count: 50);
            Task<int[]> answers = Task.WhenAll(Enumerable.Range(0, 120).Select(i => SendAsync(listener, i)));
            int handedOut = 0;
            while (await listener.Inbox.TakeAsync(CancellationToken.None) is not null)
            {
                handedOut++;
            }

            await listener.Listener.CloseAsync(CancellationToken.None);
            Assert.Equal(50, handedOut);
            Assert.Equal(50, (await answers).Count(status => status == 204));
        }
    }

    private static async Task<string?> TakeOneAsync(TestListener listener)
    {
        WebhookEvent? item = await listener.Inbox.TakeAsync(CancellationToken.None);
        listener.Dispose();
        return item?.Id;
    }

    private static async Task<int> SendAsync(TestListener listener, int number)
    {
        try
        {
            return await listener.SendAsync(listener.Sign($"m{number}"));
        }
        catch (Exception gone) when (gone is System.Net.Sockets.SocketException or System.IO.IOException)
        {
            return 0;
        }
    }
}
