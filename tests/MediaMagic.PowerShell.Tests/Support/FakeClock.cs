using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace MediaMagic.Tests;

/// <summary>A clock that moves only when the test advances it, or runs work on it.</summary>
public sealed class FakeClock() : FakeTimeProvider(new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Lock _gate = new();
    private readonly List<DueTimer> _timers = [];
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the time that the clock has advanced since the start.</summary>
    public TimeSpan Elapsed => GetUtcNow() - Start;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        DueTimer timer = new(this);
        timer.Inner = base.CreateTimer(_ => timer.Fire(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Advances from one due timer to the next, so that each fires at its own time; the base fires all of them at the end.</summary>
    public new void Advance(TimeSpan by)
    {
        DateTimeOffset end = GetUtcNow() + by;
        for (DateTimeOffset? due = NextDue(); due <= end; due = NextDue())
        {
            AdvanceTo(due.Value);
        }

        AdvanceTo(end);
    }

    /// <summary>Advances by seconds.</summary>
    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Runs the work to its end, and advances to the next due timer whenever it waits.</summary>
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
                Task armed = Armed();
                if (NextDue() is DateTimeOffset due)
                {
                    AdvanceTo(due);
                }
                else if (Task.WaitAny([task, armed], s_patience) < 0)
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

    /// <summary>Waits until a timer is due within the time given, so that advancing by it fires the timer.</summary>
    public async Task UntilTimerAsync(TimeSpan within)
    {
        for (Task armed = Armed(); !(NextDue() <= GetUtcNow() + within); armed = Armed())
        {
            await armed.WaitAsync(s_patience);
        }
    }

    private void AdvanceTo(DateTimeOffset time)
    {
        DateTimeOffset now = GetUtcNow();
        base.Advance(time > now ? time - now : TimeSpan.Zero);
    }

    private Task Armed()
    {
        lock (_gate)
        {
            return _armed.Task;
        }
    }

    private DateTimeOffset? NextDue()
    {
        lock (_gate)
        {
            return _timers.Min(timer => timer.Due);
        }
    }

    /// <summary>A timer of the clock that shows when it is due.</summary>
    private sealed class DueTimer(FakeClock clock) : ITimer
    {
        private TimeSpan _period;
        private bool _fired;

        public ITimer? Inner { get; set; }

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                (_period, _fired, Due) = (period, false, null);
            }

            // A timer that is due at once fires in here, and its callback must not run under the lock.
            bool changed = Inner!.Change(dueTime, period);
            lock (clock._gate)
            {
                Due = _fired || dueTime < TimeSpan.Zero ? Due : clock.GetUtcNow() + dueTime;
                clock._armed.SetResult();
                clock._armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return changed;
        }

        public void Fire(TimerCallback callback, object? state)
        {
            lock (clock._gate)
            {
                (_fired, Due) = (true, _period > TimeSpan.Zero ? clock.GetUtcNow() + _period : null);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }

            Inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
