using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Http;

/// <summary>
/// Holds all callers of one rate bucket after a 429 for as long as the service asks. A limit is used up when the service also rejects most of
/// what was under way then. From then on callers go at the pace that the service was seen to accept, a little faster every while. A single
/// 429 never slows this pace. It is forgotten once the service accepts much more, or when a slower pace does not end the rejections.
/// </summary>
internal sealed class BucketGate(string bucket, TimeProvider clock, Func<int, TimeSpan> backoff, TimeSpan longestWait)
{
    // A little under what was measured, or every window would end in a refusal.
    private const double Caution = 0.99;
    private const double FirstGrowth = 0.01;
    private const int GrowthRequests = 50;
    private const int LimitRefusals = 3;
    private const int MissesToCorrect = 2;
    private const double ForgetFactor = 1.5;
    private static readonly TimeSpan s_growthTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_slowGrowthTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_forget = TimeSpan.FromMinutes(10);

    private readonly object _lock = new();
    private readonly long _origin = clock.GetTimestamp();
    private readonly RecentCount _accepted = new();
    private TimeSpan _closedUntil;
    private TimeSpan _interval; // Between two requests; zero: no pace.
    private TimeSpan _measured; // The interval that the last limit showed.
    private TimeSpan _shown; // The interval that the last 429 shows, should it be a limit; zero: it shows none.
    private int _refused; // Of what was under way at the last 429.
    private int _acceptedAfter;
    private int _misses; // Single 429s in quick succession, although the callers keep the pace.
    private TimeSpan _opened;
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
                    Judge(now);
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
            try
            {
                await clock.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (slot is not null)
            {
                GiveBack(slotGeneration);
                throw;
            }
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
                _acceptedAfter++;
                _refusalsInRow = 0;
                Grow(now);
                return;
            }

            bool first = generation == _generation;
            if (retryAfter == TimeSpan.Zero)
            {
                // The caller may come back at once, and so may all others.
                return;
            }

            TimeSpan wait = retryAfter ?? backoff(_refusalsInRow);
            if (now + wait > _closedUntil)
            {
                _closedUntil = now + wait;
            }

            _refused++;
            if (first)
            {
                _generation++;
                _refusalsInRow++;
                (_refused, _acceptedAfter) = (1, 0);
                bool held = _interval > TimeSpan.Zero && _nextSlot > now;
                _misses = !held ? 0 : now - _opened < s_growthTime ? _misses + 1 : 1;
                Measure(now);
            }

            _lastRefusal = now;
            _nextSlot = _closedUntil;
        }
    }

    // A caller that no longer waits leaves its turn to whoever comes next.
    private void GiveBack(int slotGeneration)
    {
        lock (_lock)
        {
            if (slotGeneration == _generation)
            {
                _nextSlot -= _interval;
            }
        }
    }

    // What was accepted in the last minute, over the time from then until the gate opens again, is what the service allows.
    private void Measure(TimeSpan now)
    {
        (int count, TimeSpan span) = _accepted.Read(now);
        _shown = count > 0 ? TimeSpan.FromSeconds((span + (_closedUntil - now)).TotalSeconds / (count * Caution)) : TimeSpan.Zero;
    }

    // Once the gate is open again, all that was under way when it closed has been answered, or will count for the next time.
    private void Judge(TimeSpan now)
    {
        if (_shown == TimeSpan.Zero)
        {
            return;
        }

        if ((_refused >= LimitRefusals && _refused > _acceptedAfter) || _misses == MissesToCorrect)
        {
            // What was accepted before this pace says nothing about it.
            _accepted.Restart(now);
            SetPace(_shown);
        }
        else if (_misses > MissesToCorrect)
        {
            _interval = TimeSpan.Zero;
        }
        else if (_misses > 0)
        {
            SetPace(_shown < _measured ? _shown : _measured);
        }

        _shown = TimeSpan.Zero;
        _opened = now;
    }

    private void SetPace(TimeSpan interval)
    {
        _interval = _measured = interval;
        _growth = FirstGrowth;
        _sinceGrowth = 0;
        _lastGrowth = _closedUntil;
    }

    private void Grow(TimeSpan now)
    {
        bool held = _nextSlot > now; // No caller waits for the pace: no reason to raise it.
        TimeSpan since = now - _lastGrowth;
        bool due = ++_sinceGrowth >= GrowthRequests ? since >= s_growthTime : since >= s_slowGrowthTime;
        if (_interval > TimeSpan.Zero && due && held)
        {
            _interval = TimeSpan.FromSeconds(_interval.TotalSeconds / (1 + _growth));
            _growth *= 2;
            _sinceGrowth = 0;
            _lastGrowth = now;
            if (_interval.TotalSeconds * ForgetFactor < _measured.TotalSeconds)
            {
                _interval = TimeSpan.Zero;
            }
        }
    }
}
