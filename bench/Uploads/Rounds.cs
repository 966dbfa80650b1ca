using System;
using System.Collections.Generic;

namespace MediaMagic.Bench.Uploads;

/// <summary>The seconds and the processor seconds of the rounds of one side.</summary>
internal sealed class Rounds
{
    public List<double> Seconds { get; } = [];

    public List<double> ProcessorSeconds { get; } = [];

    /// <summary>Runs a round.</summary>
    public void Run(Side side, bool isCounted)
    {
        TimeSpan before = side.ProcessorTime();
        double seconds = Timing.Seconds(side.Run);
        if (isCounted)
        {
            Seconds.Add(seconds);
            ProcessorSeconds.Add((side.ProcessorTime() - before).TotalSeconds);
        }
    }
}
