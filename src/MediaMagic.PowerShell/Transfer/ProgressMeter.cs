using System;
using System.Collections.Generic;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>Counts bytes as they move and tells of it, at most five times a second.</summary>
internal sealed class ProgressMeter(IProgress<UploadProgress>? progress, long total, TimeProvider clock)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(4);

    private readonly object _gate = new();
    private readonly Queue<(TimeSpan Time, long Bytes)> _samples = new();
    private readonly long _began = clock.GetTimestamp();
    private long _sent;
    private long _resumed;
    private long _shown;
    private long _next;

    public TimeSpan Elapsed => clock.GetElapsedTime(_began);

    /// <summary>Bytes moved, or were found to have moved in vain.</summary>
    public void Add(long bytes)
    {
        long sent = Interlocked.Add(ref _sent, bytes);
        if (progress is null || bytes <= 0)
        {
            return;
        }

        long now = Elapsed.Ticks;
        long next = Interlocked.Read(ref _next);
        if (now >= next && Interlocked.CompareExchange(ref _next, now + s_interval.Ticks, next) == next)
        {
            Report(sent, TimeSpan.FromTicks(now));
        }
    }

    /// <summary>The upload starts, or starts over, with what storage has already.</summary>
    public void Restart(long resumed = 0)
    {
        Interlocked.Exchange(ref _sent, resumed);
        Interlocked.Exchange(ref _resumed, resumed);
        lock (_gate)
        {
            _samples.Clear();
            _samples.Enqueue((Elapsed, Math.Max(_shown, resumed)));
        }
    }

    /// <summary>Bytes that storage seemed to have are sent again.</summary>
    public void NotResumed(long bytes)
    {
        Interlocked.Add(ref _resumed, -bytes);
        Add(-bytes);
    }

    /// <summary>The last word.</summary>
    public void Finish()
    {
        if (progress is not null)
        {
            Report(total, Elapsed);
        }
    }

    private void Report(long sent, TimeSpan now)
    {
        lock (_gate)
        {
            _shown = Math.Min(total, Math.Max(_shown, sent));
            double rate = Math.Max(0, Rate(_shown, now));
            TimeSpan? left = rate >= 1 ? TimeSpan.FromSeconds((total - _shown) / rate) : null;
            progress!.Report(new UploadProgress(_shown, total, rate, left) { ResumedBytes = Interlocked.Read(ref _resumed) });
        }
    }

    private double Rate(long bytes, TimeSpan now)
    {
        _samples.Enqueue((now, bytes));
        while (_samples.Count > 2 && now - _samples.Peek().Time > s_window)
        {
            _samples.Dequeue();
        }

        (TimeSpan since, long before) = _samples.Count > 1 ? _samples.Peek() : (TimeSpan.Zero, 0);
        double seconds = (now - since).TotalSeconds;
        return seconds > 0 ? (bytes - before) / seconds : 0;
    }
}
