using System;
using System.Threading;

namespace MediaMagic.Tests;

/// <summary>A clock for tests over real connections: a wait of up to a second passes at once, and a longer one never ends.</summary>
public sealed class HastyClock : TimeProvider
{
    private static readonly TimeSpan s_maxWait = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset s_start = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);
    private long _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(GetTimestamp());

    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <summary>Advances without ending any wait.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _elapsed, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool passes = dueTime >= TimeSpan.Zero && dueTime <= s_maxWait;
        Advance(passes ? dueTime : TimeSpan.Zero);
        return base.CreateTimer(callback, state, passes ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
