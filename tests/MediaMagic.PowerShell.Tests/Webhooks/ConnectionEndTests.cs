using System;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using MediaMagic.Webhooks;
using Xunit;

namespace MediaMagic.Tests.Webhooks;

/// <summary>An end that comes at one moment of a request: what has begun is answered.</summary>
public sealed class ConnectionEndTests
{
    [Fact]
    public async Task End_has_a_request_answered_when_it_is_still_in_the_socket()
    {
        using ConnectionPair pair = await ConnectionPair.CreateAsync();
        await pair.SendAsync();
        await pair.Socket.ReceiveAsync(new byte[1], SocketFlags.Peek);
        pair.Connection.End();
        await AssertAnsweredAsync(pair);
    }

    [Fact]
    public async Task End_has_a_request_answered_when_its_first_bytes_are_being_read()
    {
        using ConnectionPair pair = await ConnectionPair.CreateAsync();
        await pair.SendAsync();

        // The clock is read when the connection is about to leave its idle state.
        int reads = 0;
        pair.Clock.Reading = () =>
        {
            if (++reads == 2)
            {
                pair.Connection.End();
            }
        };
        await AssertAnsweredAsync(pair);
    }

    [Fact]
    public async Task Cut_finishes_the_answer_that_is_being_written()
    {
        using ConnectionPair pair = await ConnectionPair.CreateAsync();
        await pair.SendAsync();
        pair.Changed = () =>
        {
            if (pair.Connection.State == ConnectionState.Answer)
            {
                pair.Connection.Cut();
            }
        };
        await pair.Connection.RunAsync();
        Assert.Equal(204, await pair.Client.ReadStatusAsync());
        Assert.Equal(0, await pair.Client.ReadStatusAsync());
    }

    [Fact]
    public async Task Cut_leaves_a_request_unanswered_when_it_is_being_read()
    {
        using ConnectionPair pair = await ConnectionPair.CreateAsync();
        await pair.SendAsync();
        pair.Changed = () =>
        {
            if (pair.Connection.State == ConnectionState.Body)
            {
                pair.Connection.Cut();
            }
        };
        await pair.Connection.RunAsync();
        Assert.Equal(0, await pair.Client.ReadStatusAsync());
    }

    [Theory]
    [InlineData("", "Idle", 61, 0)]
    [InlineData("POST / HT", "Head", 11, 408)]
    [InlineData("POST / HTTP/1.1\r\nHost: me\r\nContent-Length: 10\r\n\r\n{", "Body", 21, 408)]
    public async Task CheckTime_ends_a_read_that_the_system_never_ends(string received, string state, int seconds, int status)
    {
        DeafStream? stream = null;
        using ConnectionPair pair = await ConnectionPair.CreateAsync(inner => stream = new DeafStream(inner, Encoding.ASCII.GetBytes(received)));
        Task over = pair.Connection.RunAsync();
        await stream!.Waiting;
        Assert.Equal(state, pair.Connection.State.ToString());
        Assert.False(over.IsCompleted);

        pair.Clock.Ahead = TimeSpan.FromSeconds(seconds);
        pair.Connection.CheckTime();
        Assert.Equal(status, await pair.Client.ReadStatusAsync());
        await over.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task AssertAnsweredAsync(ConnectionPair pair)
    {
        await pair.Connection.RunAsync();
        string head = await pair.Client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 204 ", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", head, StringComparison.Ordinal);
    }
}
