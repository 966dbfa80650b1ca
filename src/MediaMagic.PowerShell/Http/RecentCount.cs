using System;

namespace MediaMagic.Http;

/// <summary>Counts events of the last minute, by the second.</summary>
internal sealed class RecentCount
{
    private const int Seconds = 60;
    private readonly int[] _counts = new int[Seconds];
    private long _second;
    private TimeSpan _from;

    public void Add(TimeSpan now)
    {
        Forget(now);
        _counts[_second % Seconds]++;
    }

    /// <summary>Forgets all events, and counts from now on.</summary>
    public void Restart(TimeSpan now)
    {
        Array.Clear(_counts, 0, _counts.Length);
        _from = now;
    }

    /// <summary>How many there were, and how long ago the oldest second of them, or the count, began.</summary>
    public (int Count, TimeSpan Span) Read(TimeSpan now)
    {
        Forget(now);
        int count = 0;
        long oldest = _second;
        for (long second = Math.Max(0, _second - Seconds + 1); second <= _second; second++)
        {
            int here = _counts[second % Seconds];
            oldest = count == 0 && here > 0 ? second : oldest;
            count += here;
        }

        TimeSpan began = TimeSpan.FromSeconds(oldest);
        return (count, now - (began > _from ? began : _from));
    }

    private void Forget(TimeSpan now)
    {
        long second = (long)now.TotalSeconds;
        for (long gone = Math.Max(_second + 1, second - Seconds + 1); gone <= second; gone++)
        {
            _counts[gone % Seconds] = 0;
        }

        _second = Math.Max(_second, second);
    }
}
