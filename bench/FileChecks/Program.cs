using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using MediaMagic.Files;
using MediaMagic.Tests.Files.Samples;

namespace MediaMagic.Bench.FileChecks;

/// <summary>Checks many files beside <c>file --mime-type</c>: <c>dotnet run -c Release --project bench/FileChecks</c>.</summary>
public static class Program
{
    private const int Rounds = 5;
    private const int Seed = 20240601;

    public static int Main(string[] arguments)
    {
        int count = arguments is [string text, ..] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 20_000;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mediamagic-bench-");
        try
        {
            Measure(MakeFiles(folder.FullName, count), Path.Combine(folder.FullName, "list"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] MakeFiles(string folder, int count)
    {
        Random random = new(Seed);
        string[] paths = new string[count];
        for (int i = 0; i < count; i++)
        {
            Sample sample = SampleFiles.All[random.Next(SampleFiles.All.Count)];
            paths[i] = Path.Combine(folder, $"{i:D6}-{sample.Name}");
            using FileStream file = File.Create(paths[i]);
            file.Write(sample.Bytes);

            // Formats that do not mind a tail have one, so that not every file is tiny.
            if (sample.ContentType is "image/jpeg" or "image/png" || sample.ContentType.StartsWith("video/", StringComparison.Ordinal))
            {
                file.Write(new byte[random.Next(64 * 1024)]);
            }
        }

        return paths;
    }

    private static void Measure(string[] paths, string list)
    {
        File.WriteAllLines(list, paths);
        List<double> ours = [];
        List<double> theirs = [];

        // The first round warms both sides, the files' pages included, and does not count.
        for (int i = 0; i <= Rounds; i++)
        {
            double check = Time(() => CheckAll(paths));
            double? file = RunFile(list);
            if (i == 0)
            {
                continue;
            }

            string beside = file is double shown ? $"{shown,8:F1} ms" : "absent";
            Console.WriteLine($"round {i}: FileChecker {check,8:F1} ms   file --mime-type {beside}");
            ours.Add(check);
            theirs.AddRange(file is double time ? [time] : []);
        }

        double our = Median(ours);
        double each = our * 1000 / paths.Length;
        Console.WriteLine($"{paths.Length:N0} files, median of {Rounds}: FileChecker {our:F1} ms ({each:F1} us a file)");
        Console.WriteLine(theirs.Count == 0
            ? "file is not installed here (Debian: apt-get install file), so there is nothing to compare with."
            : $"file --mime-type {Median(theirs):F1} ms: FileChecker is {Median(theirs) / our:F1}x as fast");
    }

    private static void CheckAll(string[] paths)
    {
        FileChecker checker = new();
        foreach (string path in paths)
        {
            FileCheck check = checker.Check(path);
            if (check.DetectedType is null)
            {
                throw new InvalidDataException(check.ToString());
            }
        }
    }

    private static double? RunFile(string list)
    {
        ProcessStartInfo start = new("file", ["--mime-type", "-f", list]) { RedirectStandardOutput = true };
        try
        {
            return Time(() =>
            {
                using Process process = Process.Start(start)!;
                process.StandardOutput.BaseStream.CopyTo(Stream.Null);
                process.WaitForExit();
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static double Time(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
