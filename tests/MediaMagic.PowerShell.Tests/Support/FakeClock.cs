using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests;

/// <summary>A clock that stands still until it is told: waits end when the test lets time pass.</summary>
public sealed class FakeClock : TimeProvider
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Start { get; } = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed => _now - Start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        FakeTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass, and everything happen that was due.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end = _now + by;
        while (Next() is FakeTimer timer && timer.Due <= end)
        {
            Fire(timer);
        }

        _now = end;
    }

    /// <summary>Runs the work to its end, letting time pass whenever it waits.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        // Without a context every continuation runs here and now, so that nothing depends on threads.
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task<T> task = work();
            while (!task.IsCompleted)
            {
                if (Next() is FakeTimer timer)
                {
                    Fire(timer);
                }
                else if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(s_patience))
                {
                    throw new InvalidOperationException("The work waits for something that is not time.");
                }
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public MediaMagicException Fails<T>(Func<Task<T>> work) => Xunit.Assert.Throws<MediaMagicException>(() => { Run(work); });

    private FakeTimer? Next() => _timers.Where(timer => timer.Due is not null).OrderBy(timer => timer.Due).FirstOrDefault();

    private void Fire(FakeTimer timer)
    {
        _now = timer.Due > _now ? timer.Due!.Value : _now;
        timer.Fire();
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
            if (!clock._timers.Contains(this))
            {
                clock._timers.Add(this);
            }

            return true;
        }

        public void Fire()
        {
            Due = _period > TimeSpan.Zero ? clock._now + _period : null;
            callback(state);
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
