using System;
using System.IO;
using MediaMagic;
using MediaMagic.Bulk;
using MediaMagic.Client;

// BulkAgent <base address> <key> <ledger> <folder> <assets per submission> [wait]
// Submits every file of the folder, and prints a line for each as it ends. With "wait", it begins at a line of its input.
MediaMagicClientOptions options = new() { BaseUri = new Uri(args[0]), RetryBaseDelay = TimeSpan.FromMilliseconds(10), CircuitBreaker = false };
using MediaMagicClient client = new(args[1], options);
BulkOptions bulk = new() { Ledger = args[2], AssetsPerSubmission = int.Parse(args[4], null), Lease = TimeSpan.FromSeconds(20) };
if (args.Length > 5)
{
    Console.WriteLine("Ready");
    await Console.In.ReadLineAsync();
}

try
{
    using BulkRun run = await BulkRun.StartAsync(client, bulk, static (result, _) =>
    {
        lock (Console.Out)
        {
            Console.WriteLine($"{result.State} {result.Path} {result.Error}");
        }
    });
    foreach (string path in Directory.EnumerateFiles(args[3]))
    {
        await run.AddAsync(path);
    }

    await run.CompleteAsync();
    return 0;
}
catch (MediaMagicException failure)
{
    Console.WriteLine($"Ended by {failure.Error}");
    return 1;
}
