using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace MediaMagic.Bench.Uploads;

/// <summary>Runs two sides in turn and prints their medians.</summary>
internal static class Timing
{
    private const double Gibi = 1L << 30;

    /// <summary>Prints the rates and the processor time per GiB of two sides that upload as many bytes.</summary>
    public static void Compare(string title, long bytes, int rounds, Side ours, Side theirs)
    {
        Rounds our = new();
        Rounds their = new();
        for (int round = 0; round <= rounds; round++)
        {
            // The first round only warms up.
            our.Run(ours, isCounted: round > 0);
            their.Run(theirs, isCounted: round > 0);
        }

        Console.WriteLine(title);
        Print(ours.Name, our.Seconds, bytes);
        PrintProcessorTime(our, bytes);
        Print(theirs.Name, their.Seconds, bytes);
        PrintProcessorTime(their, bytes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {ours.Name} beside {theirs.Name}: {Median(their.Seconds) / Median(our.Seconds):0.00} times the rate, {Median(our.ProcessorSeconds) / Median(their.ProcessorSeconds):0.00} times the CPU time"));
    }

    public static double Seconds(Action run)
    {
        long began = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static void Print(string name, List<double> seconds, long bytes) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-28} median {Median(seconds):0.000} s = {bytes / Median(seconds) / 1e6:0} MB/s (of {seconds.Count}: {seconds.Min():0.000} to {seconds.Max():0.000})"));

    private static void PrintProcessorTime(Rounds rounds, long bytes)
    {
        List<double> each = [.. rounds.ProcessorSeconds.Select(seconds => seconds / bytes * Gibi)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {string.Empty,-28} median {Median(each):0.000} CPU s/GiB (of {each.Count}: {each.Min():0.000} to {each.Max():0.000})"));
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
