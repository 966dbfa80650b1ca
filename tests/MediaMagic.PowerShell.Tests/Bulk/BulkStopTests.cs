using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Bulk runs that are stopped.</summary>
public sealed class BulkStopTests(PostgresServer postgres) : BulkTest(postgres)
{
    [Theory, SqliteData, PostgresData]
    public async Task A_run_that_is_stopped_leaves_a_ledger_that_the_next_one_goes_on_with(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(200);
        ConcurrentQueue<SubmitResult> results = [];
        int ended = 0;

        // The service accepts at most 150 creates, even if the stop comes late.
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", DelayMs = 0, Count = 150 });
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Until = new TaskCompletionSource().Task, Count = 0 });
        using CancellationTokenSource stop = new();
        using BulkRun run = await BulkRun.StartAsync(NewClient(), new BulkOptions { Ledger = ledger }, (result, _) =>
        {
            results.Enqueue(result);
            if (Interlocked.Increment(ref ended) == 40)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            foreach (string file in files)
            {
                await run.AddAsync(file, stop.Token);
            }

            await run.CompleteAsync(stop.Token);
        });
        await run.StopAsync();
        await ServiceAsync(() => Service.Simulator.OpenRequests == 0);
        Assert.InRange(Service.Simulator.SubmissionCount, 40, 150);
        Service.Simulator.ClearFaults();
        List<SubmitResult> rest = await RunAsync(ledger, files);
        Assert.DoesNotContain(rest, result => result.State == SubmitState.Elsewhere);
        Assert.All(await ReadAsync(ledger), entry => Assert.Equal(LedgerState.Submitted, entry.State));
        AssertOnce(200);
    }

    [Theory, SqliteData, PostgresData]
    public async Task What_was_stopped_before_it_was_sent_is_not_taken_for_accepted(Engine engine)
    {
        string file = Add("monday.txt", "Monday's claim.");
        Assert.Equal(SubmitState.Submitted, Assert.Single(await RunAsync(null, [file])).State);
        File.WriteAllText(file, "Tuesday's claim, under the same name.");
        string ledger = NewLedger(engine);
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Status = 429, RetryAfterSec = 30, Count = 1 });
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Onlooker onlooker = new() { Waiting = waiting };
        using (MediaMagicClient client = NewClient(options => options.MaxRetryDelay = TimeSpan.FromMinutes(1)))
        using (BulkRun run = await BulkRun.StartAsync(client.Observed(onlooker), new BulkOptions { Ledger = ledger }, (_, _) => { }))
        {
            await run.AddAsync(file);
            Task end = run.CompleteAsync();
            await waiting.Task.WaitAsync(TimeSpan.FromMinutes(2));
            await run.StopAsync();
            await end;
        }

        Service.Simulator.ClearFaults();
        Assert.Equal(LedgerState.Uploaded, Assert.Single(await ReadAsync(ledger)).State);
        SubmitResult result = Assert.Single(await RunAsync(ledger, [file]));
        Assert.Equal(SubmitState.Failed, result.State);
        Assert.Contains("AssetAlreadySubmitted", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_ends_at_a_stop_while_another_process_locks_the_ledger()
    {
        string ledger = NewLedger(Engine.Sqlite);
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", Until = new TaskCompletionSource().Task, Count = 0 });
        using CancellationTokenSource stop = new();
        using BulkRun run = await BulkRun.StartAsync(NewClient(), new BulkOptions { Ledger = ledger }, (_, _) => { });
        string file = Add("held.txt");
        await run.AddAsync(file);
        Task end = run.CompleteAsync(stop.Token);
        await ServiceAsync(() => Service.Simulator.OpenRequests == 1);
        Task<List<SubmitResult>> next;
        using (SqliteConnection other = new(new SqliteConnectionStringBuilder { DataSource = ledger, Pooling = false }.ConnectionString))
        {
            other.Open();
            using SqliteTransaction locked = other.BeginTransaction();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end.WaitAsync(TimeSpan.FromMinutes(2)));
            Assert.False(run.Completion.IsCompleted);

            // The next run waits until the file is given back.
            Service.Simulator.ClearFaults();
            next = RunAsync(ledger, [file]);
        }

        Assert.Equal(SubmitState.Submitted, Assert.Single(await next).State);
        Assert.True(run.Completion.IsCompletedSuccessfully);
    }
}
