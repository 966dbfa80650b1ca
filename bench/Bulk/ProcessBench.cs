using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using MediaMagic.Tests.Bulk;

namespace MediaMagic.Bench.Bulk;

/// <summary>The same files in one, two and four processes that share a PostgreSQL ledger.</summary>
internal static class ProcessBench
{
    public static void Run(int count, int answerMs)
    {
        using PostgresServer postgres = new();
        using Batch batch = new(count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} files of 10 KB, a service that answers after {answerMs} ms"));
        Console.WriteLine(" processes   seconds   files/s   submitted by each");
        foreach (int processes in new[] { 1, 2, 4 })
        {
            using Service service = new(answerMs);
            string ledger = postgres.NewDatabase();
            long began = Stopwatch.GetTimestamp();
            Process[] running = [.. Enumerable.Range(0, processes).Select(_ => Children.Start(Environment.ProcessPath!, "submit", service.Address, service.Key, ledger, batch.Files))];
            string[] shares = [.. running.Select(process => process.StandardOutput.ReadToEnd().Trim().Split(' ')[3])];
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Array.ForEach(running, process => process.Dispose());
            if (service.Submissions != count)
            {
                throw new InvalidOperationException($"{service.Submissions} submissions of {count} files.");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{processes,10} {seconds,9:0.0} {count / seconds,9:0}   {string.Join(' ', shares)}"));
        }
    }
}
