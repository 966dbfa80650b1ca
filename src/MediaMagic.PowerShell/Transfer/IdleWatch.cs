using System;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>Cancels a transfer when no byte has moved for a while; not one that is merely slow.</summary>
internal sealed class IdleWatch : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private long _moved;
    private long _grace;
    private volatile bool _armed;

    public IdleWatch(TimeProvider clock, TimeSpan limit, bool armed, CancellationToken stop)
    {
        _clock = clock;
        Limit = limit;
        _moved = clock.GetTimestamp();
        _armed = armed;
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        TimeSpan period = TimeSpan.FromTicks(Math.Max(limit.Ticks / 8, TimeSpan.TicksPerMillisecond * 5));
        _timer = clock.CreateTimer(static state => ((IdleWatch)state!).Look(), this, period, period);
    }

    public TimeSpan Limit { get; }

    public TimeProvider Clock => _clock;

    /// <summary>Cancelled when the watch trips or the caller stops.</summary>
    public CancellationToken Token => _source.Token;

    public bool Tripped { get; private set; }

    /// <summary>Something moved; the next move may take that much longer than usual.</summary>
    public void Touch(TimeSpan grace = default)
    {
        Interlocked.Exchange(ref _grace, grace.Ticks);
        Interlocked.Exchange(ref _moved, _clock.GetTimestamp());
    }

    public void Arm()
    {
        Touch();
        _armed = true;
    }

    public void Disarm() => _armed = false;

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Look()
    {
        TimeSpan limit = Limit + TimeSpan.FromTicks(Interlocked.Read(ref _grace));
        if (!_armed || _clock.GetElapsedTime(Interlocked.Read(ref _moved)) < limit)
        {
            return;
        }

        try
        {
            Tripped = true;
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The transfer ended in the same moment.
        }
    }
}
