using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Simulator;

namespace MediaMagic.Bench.Bulk;

/// <summary>What runs in processes of its own.</summary>
internal static class Children
{
    private const double Mebi = 1024.0;

    public static Process Start(string file, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;

    /// <summary>Runs to the end and returns its last line.</summary>
    public static string Run(string file, params string[] arguments)
    {
        using Process process = Start(file, arguments);
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Split('\n')[^1] : throw new InvalidOperationException($"{file} ended with {process.ExitCode}. {output}");
    }

    /// <summary>A simulator that keeps no bytes; every line of its input is answered with the number of submissions.</summary>
    public static async Task SimulateAsync(int answerMs)
    {
        using SimulatorServer server = SimulatorServer.Start(new SimulatorOptions { ProcessingSeconds = 0, DiscardBlobContent = true });
        if (answerMs > 0)
        {
            server.AddFault(new SimulatorFault { Endpoint = "*", DelayMs = answerMs, Count = 0 });
        }

        Console.WriteLine($"{server.BaseUri} {server.ApiKey}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(server.SubmissionCount);
        }
    }

    /// <summary>Submits a folder and prints seconds, and in MiB the most memory at idle and in all.</summary>
    public static async Task SubmitAsync(string address, string key, string ledger, string folder)
    {
        using MediaMagicClient client = new(key, new MediaMagicClientOptions { BaseUri = new Uri(address) });
        await client.Uploads.CreateUrlAsync("idle.txt", "text/plain");
        await Task.Delay(500);
        long idle = Peak();
        long failed = 0;
        long submitted = 0;
        long began = Stopwatch.GetTimestamp();
        using BulkRun run = await BulkRun.StartAsync(client, new BulkOptions { Ledger = ledger }, (result, _) =>
        {
            Interlocked.Increment(ref result.State is SubmitState.Submitted ? ref submitted : ref failed);
        });
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            await run.AddAsync(file);
        }

        await run.CompleteAsync();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} {idle / Mebi:0.0} {Peak() / Mebi:0.0} {submitted} {failed}"));
    }

    // The kernel's own record of the most that was resident, in KiB.
    private static long Peak() => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..^2].Trim(), CultureInfo.InvariantCulture);
}
