using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace MediaMagic.Simulator;

/// <summary>Does things at their time, with one timer for all of them.</summary>
internal sealed class Agenda : IDisposable
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);
    private readonly object _gate = new();
    private readonly SortedDictionary<(DateTimeOffset Time, long Order), Action> _entries = [];
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;
    private long _order;
    private bool _disposed;

    public Agenda(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void At(DateTimeOffset time, Action action)
    {
        lock (_gate)
        {
            _entries.Add((time, _order++), action);
            Arm();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _entries.Clear();
        }

        _timer.Dispose();
    }

    private void Run()
    {
        foreach (Action action in TakeDue())
        {
            action();
        }
    }

    private List<Action> TakeDue()
    {
        List<Action> due = [];
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            while (_entries.Count > 0 && _entries.First().Key.Time <= now)
            {
                (DateTimeOffset Time, long Order) key = _entries.First().Key;
                due.Add(_entries[key]);
                _entries.Remove(key);
            }

            _armedFor = DateTimeOffset.MaxValue;
            Arm();
        }

        return due;
    }

    private void Arm()
    {
        if (_disposed || _entries.Count == 0 || _entries.First().Key.Time >= _armedFor)
        {
            return;
        }

        _armedFor = _entries.First().Key.Time;
        double wait = Math.Min(s_longestWait.TotalMilliseconds, Math.Ceiling((_armedFor - _clock.GetUtcNow()).TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, wait)), Timeout.InfiniteTimeSpan);
    }
}
