using System;

namespace MediaMagic.Transfer;

/// <summary>Finds how many blocks at once the line takes: more while that speeds things up, fewer when it stumbles.</summary>
internal sealed class ParallelGovernor(int most, TimeProvider clock)
{
    private const int First = 4;
    private const double Gain = 1.1;
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private long _began = clock.GetTimestamp();
    private long _bytes;
    private int _blocks;
    private double _best;
    private bool _settled;

    /// <summary>How many may be under way now.</summary>
    public int Allowed { get; private set; } = Math.Min(First, most);

    /// <summary>A block arrived.</summary>
    public void Completed(long bytes)
    {
        lock (_gate)
        {
            _bytes += bytes;
            _blocks++;
            TimeSpan elapsed = clock.GetElapsedTime(_began);
            if (_blocks >= 2 * Allowed && elapsed >= s_window)
            {
                Judge(_bytes / elapsed.TotalSeconds);
                Restart();
            }
        }
    }

    /// <summary>An attempt failed in a way that less traffic may cure.</summary>
    public void Stumbled()
    {
        lock (_gate)
        {
            Allowed = Math.Max(1, Allowed / 2);
            _best = 0;
            _settled = false;
            Restart();
        }
    }

    private void Judge(double rate)
    {
        if (_settled)
        {
            return;
        }

        if (rate > _best * Gain)
        {
            _best = rate;
            Allowed = Math.Min(most, Allowed * 2);
        }
        else
        {
            // The last step did not pay.
            Allowed = Math.Max(Math.Min(First, most), Allowed / 2);
            _settled = true;
        }
    }

    private void Restart()
    {
        _began = clock.GetTimestamp();
        _bytes = 0;
        _blocks = 0;
    }
}
