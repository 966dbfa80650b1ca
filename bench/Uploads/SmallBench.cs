using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;

namespace MediaMagic.Bench.Uploads;

/// <summary>Many small files to the simulator, one by one and sixteen at a time.</summary>
internal static class SmallBench
{
    private const int Count = 1000;
    private const int Length = 100_000;

    public static void Run(int rounds)
    {
        using Files files = new();
        string[] paths = [.. Enumerable.Range(0, Count).Select(index => files.Text($"{index:0000}.txt", Length))];
        using SimulatorServer simulator = SimulatorServer.Start(new SimulatorOptions { DiscardBlobContent = true });
        List<double> one = [];
        List<double> many = [];
        for (int round = 0; round < rounds; round++)
        {
            using MediaMagicClient client = Uploader.Connect(simulator.BaseUri.AbsoluteUri, simulator.ApiKey);
            one.Add(Timing.Seconds(() => SendAll(client, paths, 1)));
            many.Add(Timing.Seconds(() => SendAll(client, paths, 16)));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count} files of {Length} bytes to the simulator"));
        Timing.Print("one by one", one, (long)Count * Length);
        Timing.Print("16 at a time", many, (long)Count * Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  files a second: {Count / one.Order().ElementAt(one.Count / 2):0} and {Count / many.Order().ElementAt(many.Count / 2):0}"));
    }

    private static void SendAll(MediaMagicClient client, string[] paths, int parallel) =>
        Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (path, stop) =>
            await client.Files.UploadAsync(new UploadRequest { Path = path, ContentType = "text/plain" }, null, stop)).GetAwaiter().GetResult();
}
