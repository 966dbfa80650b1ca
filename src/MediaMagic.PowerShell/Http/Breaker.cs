using System;

namespace MediaMagic.Http;

/// <summary>Counts failures in a row; at the threshold it stays open for a while, then lets one probe through.</summary>
internal sealed class Breaker(int threshold, TimeSpan duration, TimeProvider clock)
{
    private readonly object _lock = new();
    private int _failures;
    private bool _probing;
    private long? _openedAt;

    public int Threshold => threshold;

    /// <summary>How the attempt ended that failed last.</summary>
    public string LastFailure { get; private set; } = string.Empty;

    public BreakerState State
    {
        get
        {
            lock (_lock)
            {
                return _openedAt is null ? BreakerState.Closed : Remaining <= TimeSpan.Zero ? BreakerState.HalfOpen : BreakerState.Open;
            }
        }
    }

    private TimeSpan Remaining => _openedAt is long since ? duration - clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>A pass for one attempt, or null and how long to wait for the next chance.</summary>
    public BreakerPass? TryEnter(out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            retryAfter = TimeSpan.Zero;
            if (_openedAt is null)
            {
                return BreakerPass.Ordinary;
            }

            TimeSpan remaining = Remaining;
            retryAfter = remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
            if (retryAfter > TimeSpan.Zero || _probing)
            {
                return null;
            }

            _probing = true;
            return BreakerPass.Probe;
        }
    }

    /// <summary>Reports how the attempt of the pass ended; null: it says nothing about the service.</summary>
    public void Report(BreakerPass pass, bool? failed, string failure = "")
    {
        lock (_lock)
        {
            LastFailure = failed == true ? failure : LastFailure;
            if (pass == BreakerPass.Probe)
            {
                _probing = false;
            }
            else if (_openedAt is not null)
            {
                return; // Begun before it opened: the probe decides, not this one.
            }

            if (failed == false)
            {
                _failures = 0;
                _openedAt = null;
            }
            else if (failed == true && (pass == BreakerPass.Probe || ++_failures >= threshold))
            {
                _openedAt = clock.GetTimestamp();
            }
        }
    }
}
