using System;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>The breaker by itself: when it opens, and who gets through.</summary>
public sealed class BreakerRulesTests
{
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(60);
    private readonly FakeClock _clock = new();

    [Fact]
    public void TryEnter_lets_one_probe_through_as_soon_as_the_time_is_over()
    {
        Breaker breaker = Open();
        _clock.Advance(59);
        Assert.Null(breaker.TryEnter(out TimeSpan retryAfter));
        Assert.Equal((BreakerState.Open, TimeSpan.FromSeconds(1)), (breaker.State, retryAfter));

        _clock.Advance(1);
        Assert.Equal(BreakerState.HalfOpen, breaker.State);
        Assert.Equal(BreakerPass.Probe, breaker.TryEnter(out retryAfter));
        Assert.Equal((BreakerState.HalfOpen, TimeSpan.Zero), (breaker.State, retryAfter));
        _clock.Advance(1);
        Assert.Null(breaker.TryEnter(out retryAfter));
        Assert.Equal(TimeSpan.Zero, retryAfter);
    }

    [Fact]
    public void TryEnter_looks_at_the_clock_once()
    {
        Breaker breaker = new(1, TimeSpan.FromTicks(3), new HurriedClock());
        breaker.Report(BreakerPass.Ordinary, failed: true, "status 502");
        Assert.Null(breaker.TryEnter(out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromTicks(1), retryAfter);
    }

    [Fact]
    public void Report_of_an_attempt_that_began_before_it_opened_changes_nothing()
    {
        Breaker breaker = Open();
        breaker.Report(BreakerPass.Ordinary, failed: false);
        Assert.Equal(BreakerState.Open, breaker.State);
        _clock.Advance(30);
        breaker.Report(BreakerPass.Ordinary, failed: true, "status 502");
        Assert.Null(breaker.TryEnter(out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(30), retryAfter);
    }

    [Fact]
    public void Report_of_a_probe_that_says_nothing_leaves_room_for_another()
    {
        Breaker breaker = Open();
        _clock.Advance(60);
        Assert.Equal(BreakerPass.Probe, breaker.TryEnter(out _));
        breaker.Report(BreakerPass.Probe, failed: null);
        Assert.Equal(BreakerPass.Probe, breaker.TryEnter(out _));
        breaker.Report(BreakerPass.Probe, failed: true, "a time-out");
        Assert.Equal((BreakerState.Open, "a time-out"), (breaker.State, breaker.LastFailure));
        _clock.Advance(60);
        Assert.Equal(BreakerPass.Probe, breaker.TryEnter(out _));
        breaker.Report(BreakerPass.Probe, failed: false);
        Assert.Equal(BreakerPass.Ordinary, breaker.TryEnter(out _));
    }

    [Fact]
    public void Report_of_a_success_starts_the_count_anew_and_keeps_the_last_failure()
    {
        Breaker breaker = new(2, s_duration, _clock);
        Assert.Equal((2, ""), (breaker.Threshold, breaker.LastFailure));
        breaker.Report(BreakerPass.Ordinary, failed: true, "status 500");
        breaker.Report(BreakerPass.Ordinary, failed: null, "status 429");
        breaker.Report(BreakerPass.Ordinary, failed: false, "status 200");
        breaker.Report(BreakerPass.Ordinary, failed: null);
        Assert.Equal("status 500", breaker.LastFailure);
        breaker.Report(BreakerPass.Ordinary, failed: true);
        Assert.Equal((BreakerState.Closed, ""), (breaker.State, breaker.LastFailure));
        breaker.Report(BreakerPass.Ordinary, failed: true);
        Assert.Equal(BreakerState.Open, breaker.State);
    }

    private Breaker Open()
    {
        Breaker breaker = new(1, s_duration, _clock);
        breaker.Report(BreakerPass.Ordinary, failed: true, "status 500");
        return breaker;
    }

    /// <summary>A clock on which two ticks pass whenever somebody looks at it.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += 2;
    }
}
