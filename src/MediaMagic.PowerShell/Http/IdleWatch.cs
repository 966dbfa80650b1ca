using System;
using System.Threading;

namespace MediaMagic.Http;

/// <summary>Cancels an attempt when no byte has moved for a while; not one that is merely slow.</summary>
internal sealed class IdleWatch : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private long _moved;
    private long _grace;

    public IdleWatch(TimeProvider clock, TimeSpan limit, CancellationToken stop)
    {
        Clock = clock;
        Limit = limit;
        _moved = clock.GetTimestamp();
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        TimeSpan period = TimeSpan.FromTicks(Math.Max(limit.Ticks / 8, TimeSpan.TicksPerMillisecond * 5));
        _timer = clock.CreateTimer(static state => ((IdleWatch)state!).Check(), this, period, period);
    }

    public TimeSpan Limit { get; }

    public TimeProvider Clock { get; }

    /// <summary>Gets the token that is cancelled when the watch trips or the caller stops.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsTripped { get; private set; }

    /// <summary>Notes that bytes moved. The next move may take that much longer than the limit.</summary>
    public void Touch(TimeSpan grace = default)
    {
        Interlocked.Exchange(ref _grace, grace.Ticks);
        Interlocked.Exchange(ref _moved, Clock.GetTimestamp());
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Check()
    {
        TimeSpan limit = Limit + TimeSpan.FromTicks(Interlocked.Read(ref _grace));
        if (Clock.GetElapsedTime(Interlocked.Read(ref _moved)) < limit)
        {
            return;
        }

        try
        {
            IsTripped = true;
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended at the same moment.
        }
    }
}
