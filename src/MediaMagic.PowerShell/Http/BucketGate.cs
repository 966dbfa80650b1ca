using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Http;

/// <summary>
/// Holds all callers of one rate bucket after a 429, then lets them through at the pace that the service
/// was seen to accept, a little faster every while, until the next 429 or until the pace no longer matters.
/// </summary>
internal sealed class BucketGate(string bucket, TimeProvider clock, Func<int, TimeSpan> backoff, TimeSpan longestWait)
{
    // A little under what was measured, or every window would end in a refusal.
    private const double Caution = 0.99;
    private const double FirstGrowth = 0.01;
    private const double LargestGrowth = 0.5;
    private const int GrowthRequests = 50;
    private static readonly TimeSpan s_growthTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_forget = TimeSpan.FromMinutes(10);

    private readonly object _lock = new();
    private readonly long _origin = clock.GetTimestamp();
    private readonly RecentCount _accepted = new();
    private TimeSpan _closedUntil;
    private TimeSpan _interval; // Between two requests; zero: no pace.
    private TimeSpan _nextSlot;
    private TimeSpan _lastGrowth;
    private TimeSpan _lastRefusal;
    private double _growth = FirstGrowth;
    private int _sinceGrowth;
    private int _refusalsInRow;
    private int _generation;

    private TimeSpan Now => clock.GetElapsedTime(_origin);

    public GateStatus Status
    {
        get
        {
            lock (_lock)
            {
                TimeSpan closed = _closedUntil - Now;
                return new GateStatus
                {
                    Bucket = bucket,
                    ClosedFor = closed > TimeSpan.Zero ? closed : null,
                    RequestsPerMinute = _interval > TimeSpan.Zero ? TimeSpan.FromMinutes(1).TotalSeconds / _interval.TotalSeconds : null,
                };
            }
        }
    }

    /// <summary>Waits for the call's turn. The result goes back to <see cref="Answered"/>.</summary>
    public async Task<int> EnterAsync(CallState call, CancellationToken stop)
    {
        TimeSpan? slot = null;
        int slotGeneration = 0;
        while (true)
        {
            TimeSpan wait;
            lock (_lock)
            {
                TimeSpan now = Now;
                wait = _closedUntil - now;
                if (wait > longestWait)
                {
                    throw new AttemptException(AttemptFailure.GateClosed, $"The service asked this session to wait with {bucket} requests.") { RetryAfter = wait };
                }

                if (wait <= TimeSpan.Zero)
                {
                    if (_interval == TimeSpan.Zero || now - _lastRefusal > s_forget)
                    {
                        _interval = TimeSpan.Zero;
                        return _generation;
                    }

                    if (slot is null || slotGeneration != _generation)
                    {
                        TimeSpan earliest = now - s_burst;
                        slot = _nextSlot > earliest ? _nextSlot : earliest;
                        slotGeneration = _generation;
                        _nextSlot = slot.Value + _interval;
                    }

                    wait = slot.Value - now;
                    if (wait <= TimeSpan.Zero)
                    {
                        return _generation;
                    }
                }
            }

            call.Waits(wait, $"the service limits {bucket} requests");

            // Timers cut to whole milliseconds; a caller that wakes a little early would spin until its time.
            await clock.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), stop).ConfigureAwait(false);
        }
    }

    /// <summary>Learns from an answer.</summary>
    public void Answered(int generation, int status, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            TimeSpan now = Now;
            if (status != 429)
            {
                _accepted.Add(now);
                _refusalsInRow = 0;
                Grow(now);
                return;
            }

            bool first = generation == _generation;
            TimeSpan wait = retryAfter is TimeSpan asked && asked > TimeSpan.Zero ? asked : backoff(_refusalsInRow);
            if (now + wait > _closedUntil)
            {
                _closedUntil = now + wait;
            }

            // The others of the same storm tell nothing new.
            if (first)
            {
                _generation++;
                _refusalsInRow++;
                Measure(now);
            }

            _lastRefusal = now;
            _nextSlot = _closedUntil;
        }
    }

    // What was accepted in the last minute, over the time from then until the gate opens again, is what the service allows.
    private void Measure(TimeSpan now)
    {
        (int count, TimeSpan span) = _accepted.Read(now);
        if (count > 0)
        {
            TimeSpan period = span + (_closedUntil - now);
            _interval = TimeSpan.FromSeconds(period.TotalSeconds / (count * Caution));
        }
        else if (_interval > TimeSpan.Zero)
        {
            _interval += _interval;
        }

        _growth = FirstGrowth;
        _sinceGrowth = 0;
        _lastGrowth = _closedUntil;
    }

    private void Grow(TimeSpan now)
    {
        bool held = _nextSlot > now; // Nobody waits for the pace: no reason to raise it.
        if (_interval > TimeSpan.Zero && ++_sinceGrowth >= GrowthRequests && now - _lastGrowth >= s_growthTime && held)
        {
            _interval = TimeSpan.FromSeconds(_interval.TotalSeconds / (1 + _growth));
            _growth = Math.Min(_growth * 2, LargestGrowth);
            _sinceGrowth = 0;
            _lastGrowth = now;
        }
    }
}
