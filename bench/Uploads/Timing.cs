using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace MediaMagic.Bench.Uploads;

/// <summary>Runs two sides in turn and prints their medians.</summary>
internal static class Timing
{
    public static void Compare(string title, long bytes, int rounds, (string Name, Action Run) ours, (string Name, Action Run) theirs)
    {
        List<double> our = [];
        List<double> their = [];
        for (int round = 0; round <= rounds; round++)
        {
            double a = Seconds(ours.Run);
            double b = Seconds(theirs.Run);

            // The first round only warms up.
            if (round > 0)
            {
                our.Add(a);
                their.Add(b);
            }
        }

        Console.WriteLine(title);
        Print(ours.Name, our, bytes);
        Print(theirs.Name, their, bytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio of rates: {Median(their) / Median(our):0.00}"));
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

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
