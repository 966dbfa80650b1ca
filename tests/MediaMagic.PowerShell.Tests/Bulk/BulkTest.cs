using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>A folder, a simulator and ledgers for a test of bulk runs.</summary>
public abstract class BulkTest(PostgresServer postgres) : LedgerTest<SimulatorFixture>(postgres, new SimulatorFixture())
{
    /// <summary>Runs over the files to the end and returns what became of them.</summary>
    protected async Task<List<SubmitResult>> RunAsync(string? ledger, IEnumerable<string> files, Action<BulkOptions>? change = null, MediaMagicClient? client = null)
    {
        ConcurrentQueue<SubmitResult> results = [];
        BulkOptions options = new() { Ledger = ledger, PollInterval = TimeSpan.FromMilliseconds(20), LedgerPatience = TimeSpan.FromSeconds(20) };
        change?.Invoke(options);
        using BulkRun run = await BulkRun.StartAsync(client ?? NewClient(), options, (result, _) => results.Enqueue(result));
        foreach (string file in files)
        {
            await run.AddAsync(file);
        }

        await run.CompleteAsync();
        return [.. results];
    }

    /// <summary>A client that remembers nothing of earlier runs.</summary>
    protected MediaMagicClient NewClient(Action<MediaMagicClientOptions>? change = null) => Service.ClientOf(Service.Simulator.ApiKey, options =>
    {
        options.CircuitBreaker = false;
        options.MaxRetryDelay = TimeSpan.FromMilliseconds(50);
        change?.Invoke(options);
    });

    /// <summary>Waits for a state of the service; one that never comes about fails the test.</summary>
    protected Task ServiceAsync(Func<bool> condition) => Service.Simulator.WaitForAsync(condition).WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>Every file was accepted once, and nothing else was.</summary>
    protected void AssertOnce(int files)
    {
        IReadOnlyDictionary<string, int> accepted = Service.Simulator.AcceptedBlobPaths;
        Assert.All(accepted, pair => Assert.Equal(1, pair.Value));
        Assert.Equal(files, accepted.Count);
        Assert.Empty(Service.Simulator.Violations);
    }
}
