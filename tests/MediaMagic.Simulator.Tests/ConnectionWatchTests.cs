using System.Collections.Generic;
using System.Linq;
using System.Net;
using MediaMagic.Tests;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>The detection of clients that close their connection while they wait.</summary>
public sealed class ConnectionWatchTests
{
    private FakeClock Clock { get; } = new();

    [Fact]
    public void HasLeft_ignores_readings_from_before_the_request_began()
    {
        IPEndPoint client = new(IPAddress.Loopback, 50_000);
        ConnectionWatch watch = new(Clock, static () => []);
        Clock.Advance(0.1);
        Assert.False(watch.HasLeft(80, new IPEndPoint(IPAddress.Loopback, 50_001), Clock.GetTimestamp()));
        Clock.Advance(0.1);
        Assert.False(watch.HasLeft(80, client, Clock.GetTimestamp()));
        long began = Clock.GetTimestamp();
        Clock.Advance(0.1);
        Assert.True(watch.HasLeft(80, client, began));
    }

    [Fact]
    public void HasLeft_is_true_when_two_readings_in_a_row_miss_the_client()
    {
        IPEndPoint client = new(IPAddress.Loopback, 50_000);
        Queue<bool> readings = new([true, false, true, false, false]);
        ConnectionWatch watch = new(Clock, () => readings.Dequeue() ? [(80, client)] : [(81, client)]);
        bool[] left = [.. Enumerable.Range(0, readings.Count).Select(_ =>
        {
            Clock.Advance(0.1);
            return watch.HasLeft(80, client, 0);
        })];
        Assert.Equal([false, false, false, false, true], left);
    }
}
