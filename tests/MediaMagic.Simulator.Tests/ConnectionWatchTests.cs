using System.Collections.Generic;
using System.Linq;
using System.Net;
using MediaMagic.Tests;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>When a client that waits for an answer counts as gone.</summary>
public sealed class ConnectionWatchTests
{
    private FakeClock Clock { get; } = new();

    [Fact]
    public void A_reading_from_before_a_client_came_does_not_count()
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
    public void A_client_has_left_when_two_readings_in_a_row_miss_it()
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
