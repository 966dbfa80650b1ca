using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Waits for a ledger that another process has locked.</summary>
public sealed class LockedLedgerTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const string Writing = "begin immediate";
    private const string Alone = "pragma journal_mode = delete; begin exclusive";

    // No pause between two attempts to get the lock is longer.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task StartAsync_ends_at_a_stop_when_another_process_locks_a_new_ledger()
    {
        string ledger = NewLedger(Engine.Sqlite);
        using DbConnection other = await TestLedger.LockAsync(ledger, Writing);
        await AssertStopsAsync(ledger);
        Assert.Empty(Service.Calls);
    }

    [Fact]
    public async Task StartAsync_ends_at_a_stop_when_another_process_has_a_ledger_with_files_alone()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(1));
        int calls = Service.Calls.Count;
        using (await TestLedger.LockAsync(ledger, Alone))
        {
            await AssertStopsAsync(ledger);
        }

        Assert.Equal(calls, Service.Calls.Count);
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [Add("next.txt")]));
    }

    [Fact]
    public async Task StartAsync_goes_on_while_another_process_writes_a_ledger_that_knows_the_key()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(1));
        using MediaMagicClient client = Service.NewClient(change: static options => options.TimeProvider = new FakeClock());
        using (await TestLedger.LockAsync(ledger, Writing))
        {
            using BulkRun run = await BulkRun.StartAsync(client, OptionsOf(ledger), static (_, _) => { }).WaitAsync(Limit);
            await run.CompleteAsync().WaitAsync(Limit);
        }
    }

    [Fact]
    public async Task StartAsync_goes_on_when_the_lock_is_released()
    {
        string ledger = NewLedger(Engine.Sqlite);
        FakeClock clock = new();
        using MediaMagicClient client = Service.NewClient(change: options => options.TimeProvider = clock);
        Task<BulkRun> starting;
        using (await TestLedger.LockAsync(ledger, Writing))
        {
            starting = BulkRun.StartAsync(client, OptionsOf(ledger), static (_, _) => { });
            await clock.UntilTimerAsync(s_pause);
            Assert.False(starting.IsCompleted);
        }

        await AdvanceUntilAsync(clock, starting);
        using BulkRun run = await starting;
        await run.CompleteAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task OpenAsync_of_a_reader_ends_at_a_stop_when_another_process_locks_the_ledger()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(3));
        FakeClock clock = new();
        using CancellationTokenSource stop = new();
        using (await TestLedger.LockAsync(ledger, Alone))
        {
            Task<LedgerReader> opening = LedgerReader.OpenAsync(ledger, s_patience, clock, stop.Token);
            await clock.UntilTimerAsync(s_pause);
            Assert.False(opening.IsCompleted);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Limit));
        }

        Assert.Equal(3, (await ReadAsync(ledger)).Count);
    }

    [Fact]
    public async Task OpenAsync_of_a_reader_goes_on_when_the_lock_is_released()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(3));
        FakeClock clock = new();
        Task<LedgerReader> opening;
        using (await TestLedger.LockAsync(ledger, Alone))
        {
            opening = LedgerReader.OpenAsync(ledger, s_patience, clock, CancellationToken.None);
            await clock.UntilTimerAsync(s_pause);
        }

        await AdvanceUntilAsync(clock, opening);
        using LedgerReader reader = await opening;
        Assert.NotNull(await reader.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task OpenAsync_of_a_reader_fails_when_its_patience_ends()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(1));
        FakeClock clock = new();
        using (await TestLedger.LockAsync(ledger, Alone))
        {
            Task<LedgerReader> opening = LedgerReader.OpenAsync(ledger, s_patience, clock, CancellationToken.None);
            await clock.UntilTimerAsync(s_pause);
            clock.Advance(s_patience);
            await AdvanceUntilAsync(clock, opening);
            Assert.Equal(ErrorCode.LedgerUnavailable, (await Assert.ThrowsAsync<MediaMagicException>(() => opening)).Error.Code);
        }
    }

    private static async Task AdvanceUntilAsync(FakeClock clock, Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, clock.UntilTimerAsync(s_pause)).WaitAsync(Limit);
            clock.Advance(s_pause);
        }
    }

    // Time stands still, so that the wait would never end by itself.
    private async Task AssertStopsAsync(string ledger)
    {
        FakeClock clock = new();
        using MediaMagicClient client = Service.NewClient(change: options => options.TimeProvider = clock);
        using CancellationTokenSource stop = new();
        Task<BulkRun> starting = BulkRun.StartAsync(client, OptionsOf(ledger), static (_, _) => { }, stop.Token);
        await clock.UntilTimerAsync(s_pause);
        Assert.False(starting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.WaitAsync(Limit));
    }
}
