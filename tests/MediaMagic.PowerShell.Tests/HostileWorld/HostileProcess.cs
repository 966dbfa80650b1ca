using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>The product in one process of a world: new objects, which remember nothing of earlier processes.</summary>
internal static class HostileProcess
{
    /// <summary>Creates a client whose time is fake and whose network is the service.</summary>
    public static MediaMagicClient NewClient(HttpMessageHandler service, string key) => new(key, new MediaMagicClientOptions
    {
        BaseUri = HostileService.BaseUri,
        TimeProvider = new HastyClock(),
        Handler = () => service,
        StorageHandler = () => service,
        RetryBaseDelay = TimeSpan.Zero,
        MaxAttempts = 2,
        CircuitBreaker = false,
    });

    /// <summary>Creates the options of a run.</summary>
    public static BulkOptions NewOptions(string? ledger, bool isCorrected, Action? boundary) => new()
    {
        Ledger = ledger,
        ThrottleLimit = 1,
        LedgerPatience = TimeSpan.Zero,
        Lease = TimeSpan.FromHours(1),
        RetryFailed = isCorrected,
        SidekickIds = isCorrected ? [Guid.Empty] : null,
        Boundary = boundary,
    };

    /// <summary>Submits the files, one after the other, so that their order is always the same. Without files the run is stopped at its begin.</summary>
    public static async Task RunAsync(MediaMagicClient client, BulkOptions options, IReadOnlyList<string> files, Action<SubmitResult> tell)
    {
        TaskCompletionSource ended = new();
        using BulkRun run = await BulkRun.StartAsync(client, options, (result, _) =>
        {
            tell(result);
            ended.TrySetResult();
        });
        try
        {
            foreach (string file in files)
            {
                ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await run.AddAsync(file);
                await Task.WhenAny(ended.Task, run.Completion);
            }

            if (files.Count > 0)
            {
                await run.CompleteAsync();
            }
        }
        finally
        {
            // A process that is dropped is gone only when its run has ended. Another walker may already begin where it left off.
            await run.StopAsync();
        }
    }
}
