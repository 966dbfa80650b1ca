using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>A folder, a service in this process and ledgers for a test of bulk runs. Nothing waits: one file goes after the other.</summary>
public abstract class ServiceTest(PostgresServer postgres) : LedgerTest<ContractService>(postgres, new ContractService())
{
    /// <summary>Gets how long a test waits before it fails; only a hang takes that long.</summary>
    protected static TimeSpan Limit { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Runs over the files to the end, as a process of its own, and returns what it tells.</summary>
    protected async Task<List<SubmitResult>> RunAsync(string? ledger, IEnumerable<string> files, Action<BulkOptions>? change = null, string key = ContractService.Key)
    {
        List<SubmitResult> results = [];
        await RunAsync(results, ledger, files, change, key);
        return results;
    }

    /// <summary>Runs over the files until the run fails, and returns how it fails and what it tells before.</summary>
    protected async Task<(ApiError Error, List<SubmitResult> Results)> FailAsync(
        string? ledger, IEnumerable<string> files, Action<BulkOptions>? change = null, string key = ContractService.Key)
    {
        List<SubmitResult> results = [];
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => RunAsync(results, ledger, files, change, key));
        return (failure.Error, results);
    }

    /// <summary>Returns the options of the runs here.</summary>
    protected static BulkOptions OptionsOf(string? ledger) => new()
    {
        Ledger = ledger,
        ThrottleLimit = 1,
        PollInterval = TimeSpan.FromMilliseconds(20),
        LedgerPatience = TimeSpan.FromSeconds(20),
    };

    /// <summary>Checks the state of the only result.</summary>
    protected static SubmitResult AssertOnly(string state, List<SubmitResult> results)
    {
        SubmitResult result = Assert.Single(results);
        Assert.True(result.State == state, $"{result.State} in place of {state}: {result.Error}");
        return result;
    }

    /// <summary>Checks that every file has the state.</summary>
    protected static void AssertAll(string state, int count, List<SubmitResult> results)
    {
        Assert.Equal(count, results.Count);
        Assert.All(results, result => Assert.True(result.State == state, $"{result.State} in place of {state}: {result.Error}"));
    }

    private async Task RunAsync(List<SubmitResult> results, string? ledger, IEnumerable<string> files, Action<BulkOptions>? change, string key)
    {
        using MediaMagicClient client = Service.NewClient(key);
        BulkOptions options = OptionsOf(ledger);
        change?.Invoke(options);
        using BulkRun run = await BulkRun.StartAsync(client, options, (result, _) =>
        {
            lock (results)
            {
                results.Add(result);
            }
        });
        foreach (string file in files)
        {
            await run.AddAsync(file);
        }

        await run.CompleteAsync();
    }
}
