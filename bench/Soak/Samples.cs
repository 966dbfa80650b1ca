using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace MediaMagic.Bench.Soak;

/// <summary>What the process holds, seen again and again.</summary>
internal sealed class Samples
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<double[]> _rows = [];

    public static IReadOnlyList<string> Names { get; } = ["resident MiB", "managed MiB", "handles", "threads"];

    // What the last quarter may hold over the second one: a leak grows without end, a cache or a heap settles.
    private static readonly double[] s_allowed = [24, 8, 10, 6];

    public IReadOnlyList<double[]> Rows => _rows;

    public void Take()
    {
        using Process self = Process.GetCurrentProcess();
        _rows.Add(
        [
            _clock.Elapsed.TotalMinutes,
            self.WorkingSet64 / 1048576.0,
            GC.GetTotalMemory(forceFullCollection: true) / 1048576.0,
            Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : self.HandleCount,
            self.Threads.Count,
        ]);
    }

    public void WriteCsv(string path) => File.WriteAllLines(path, _rows
        .Select(static row => string.Join(",", row.Select(static value => value.ToString("0.###", CultureInfo.InvariantCulture))))
        .Prepend("minutes," + string.Join(",", Names)));

    /// <summary>Prints how the last quarter differs from the second; false when something grew.</summary>
    public bool Report()
    {
        bool flat = true;
        for (int i = 0; i < Names.Count; i++)
        {
            double early = MedianOf(i + 1, 1);
            double late = MedianOf(i + 1, 3);
            bool fine = late - early <= s_allowed[i];
            flat &= fine;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Names[i],-14} second quarter {early,8:0.0}   last quarter {late,8:0.0}   {(fine ? "flat" : "GREW")}"));
        }

        return flat;
    }

    private double MedianOf(int column, int quarter)
    {
        int size = Math.Max(1, _rows.Count / 4);
        double[] values = [.. _rows.Skip(quarter * size).Take(size).Select(row => row[column]).Order()];
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }
}
