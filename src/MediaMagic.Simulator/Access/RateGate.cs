using System;

namespace MediaMagic.Simulator;

/// <summary>Counts one key's requests in one bucket.</summary>
internal sealed class RateGate
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private readonly object _gate = new();
    private readonly int _limit;
    private readonly RateLimitMode _mode;
    private DateTimeOffset _since;
    private double _used;

    public RateGate(int limit, RateLimitMode mode)
    {
        _limit = limit;
        _mode = mode;
        _since = DateTimeOffset.MinValue;
    }

    /// <summary>Lets a request in, or says how long it would have to wait.</summary>
    public bool TryEnter(DateTimeOffset now, out TimeSpan wait)
    {
        lock (_gate)
        {
            return _mode == RateLimitMode.FixedWindow ? TryCount(now, out wait) : TryTake(now, out wait);
        }
    }

    private bool TryCount(DateTimeOffset now, out TimeSpan wait)
    {
        if (now - _since >= s_window)
        {
            _since = now;
            _used = 0;
        }

        wait = _since + s_window - now;
        if (_used >= _limit)
        {
            return false;
        }

        _used++;
        return true;
    }

    private bool TryTake(DateTimeOffset now, out TimeSpan wait)
    {
        double perSecond = _limit / s_window.TotalSeconds;
        _used = Math.Max(0, _used - ((now - _since).TotalSeconds * perSecond));
        _since = now;
        bool free = _used + 1 <= _limit;
        wait = free ? TimeSpan.Zero : TimeSpan.FromSeconds((_used + 1 - _limit) / perSecond);
        _used += free ? 1 : 0;
        return free;
    }
}
