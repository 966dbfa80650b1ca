using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>Slow clients, crowds, and the end.</summary>
public sealed class ListenerEndTests
{
    [Theory]
    [InlineData("POST / HT", 11, 408)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 10\r\n\r\n{", 21, 408)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", 21, 408)]
    [InlineData("", 61, 0)]
    public async Task A_client_that_takes_its_time_is_told_to_go(string begun, double seconds, int status)
    {
        using TestListener listener = new();
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync(begun);
        await listener.ConnectionsAsync(count => count == 1);
        Task<int> answer = client.ReadStatusAsync();
        listener.Pass(seconds / 3);
        Assert.False(answer.IsCompleted);

        // The listener reads in real time: it gets some of that beside each step of the clock's.
        for (int i = 0; i < 500 && !answer.IsCompleted; i++)
        {
            listener.Pass(0.5);
            await Task.WhenAny(answer, Task.Delay(5));
        }

        Assert.Equal(status, await answer);
        await listener.ConnectionsAsync(count => count == 0);
    }

    [Fact]
    public async Task A_trickle_of_bytes_gains_no_time()
    {
        using TestListener listener = new();
        using RawClient client = await listener.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: me\r\n");
        Task<int> answer = client.ReadStatusAsync();
        for (int i = 0; !answer.IsCompleted && i < 1000; i++)
        {
            await client.SendAsync("a");
            listener.Pass(0.5);
            await Task.WhenAny(answer, Task.Delay(2));
        }

        Assert.Equal(408, await answer);
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
    public async Task The_end_answers_what_is_under_way_and_frees_the_port()
    {
        using TestListener listener = new(count: 1);
        using RawClient first = await listener.ConnectAsync();
        using RawClient late = await listener.ConnectAsync();
        byte[] request = listener.Sign("m2").Request();
        await late.SendAsync(request[..40]);
        await first.SendAsync(listener.Sign("m1").Request());
        Assert.Equal(204, await first.ReadStatusAsync());
        await listener.ConnectionsAsync(count => count == 2);

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
        await listener.ConnectionsAsync(count => count == 1);
        Task end = listener.Listener.CloseAsync(CancellationToken.None);
        while (!end.IsCompleted)
        {
            listener.Pass(1);
            await Task.WhenAny(end, Task.Delay(5));
        }

        await end;
        await listener.ConnectionsAsync(count => count == 0);
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
