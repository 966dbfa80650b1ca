using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Bulk runs against a service that loses answers, fails, or refuses the key.</summary>
public sealed class BadServiceTests(PostgresServer postgres) : BulkTest(postgres)
{
    [Theory, SqliteData, PostgresData]
    public async Task A_lost_answer_neither_loses_nor_doubles_a_file_and_the_row_says_so(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(60);

        // A file survives seven lost answers. With more faults, one file could meet eight of them.
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", DropConnection = DropConnection.After, Count = 7 });
        List<SubmitResult> results = await RunAsync(ledger, files);
        Assert.All(results, result => Assert.Equal(SubmitState.Submitted, result.State));
        AssertOnce(60);
        List<LedgerEntry> entries = await ReadAsync(ledger);
        Assert.All(entries, entry => Assert.Equal(LedgerState.Submitted, entry.State));
        Assert.All(entries.Where(entry => entry.SubmissionId is null), entry => Assert.Contains("answer lost", entry.Error, StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.SubmissionId is null);
    }

    [Theory, SqliteData, PostgresData]
    public async Task Answers_that_stay_away_leave_it_open_and_the_next_run_settles_it(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(5);
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", DropConnection = DropConnection.After, Count = 0 });
        List<SubmitResult> lost = await RunAsync(ledger, files, options => options.ThrottleLimit = 2);
        Assert.All(lost, result => Assert.Equal(SubmitState.Unknown, result.State));
        Assert.All(await ReadAsync(ledger), entry => Assert.Equal((LedgerState.Submitting, true), (entry.State, entry.Error is not null)));
        Service.Simulator.ClearFaults();
        Assert.All(await RunAsync(ledger, files), result => Assert.Equal(SubmitState.Submitted, result.State));
        AssertOnce(5);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_service_that_fails_is_tried_again_by_the_next_run(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(10);
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", Status = 503, Count = 0 });
        Assert.All(await RunAsync(ledger, files), result => Assert.Equal(SubmitState.Failed, result.State));
        Service.Simulator.ClearFaults();
        Assert.All(await RunAsync(ledger, files), result => Assert.Equal(SubmitState.Submitted, result.State));
        AssertOnce(10);
        Assert.All(await ReadAsync(ledger), entry => Assert.Equal((2, null), (entry.Attempts, entry.Error)));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_lost_answer_for_several_is_settled_for_each(Engine engine)
    {
        string ledger = NewLedger(engine);
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", DropConnection = DropConnection.After, Count = 3 });
        List<SubmitResult> results = await RunAsync(ledger, AddMany(30), options => options.AssetsPerSubmission = 4);
        Assert.All(results, result => Assert.Equal(SubmitState.Submitted, result.State));
        AssertOnce(30);
    }

    [Theory, SqliteData]
    public async Task A_session_that_was_disconnected_ends_the_run_and_the_next_one_goes_on(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(50);
        MediaMagicClient closed = Service.ClientOf(Service.Simulator.ApiKey);
        closed.Dispose();
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => RunAsync(ledger, files, client: closed));
        Assert.Equal(ErrorCode.NotConnected, failure.Error.Code);
        Assert.Equal(0, Service.Simulator.RequestCount);
        Assert.All(await RunAsync(ledger, files), result => Assert.Equal(SubmitState.Submitted, result.State));
        AssertOnce(50);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_refused_key_ends_the_run_before_the_first_file_when_the_ledger_does_not_know_the_key(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(200);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() =>
            RunAsync(ledger, files, client: Service.ClientOf(Service.Simulator.ExpiredApiKey)));
        Assert.Equal(ErrorCode.ApiKeyExpired, failure.Error.Code);
        Assert.Equal(1, Service.Simulator.RequestCount);
        Assert.Empty(await ReadAsync(ledger));
    }

    [Fact]
    public async Task A_refused_key_ends_the_run_soon_without_a_ledger()
    {
        string[] files = AddMany(200);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() =>
            RunAsync(null, files, client: Service.ClientOf(Service.Simulator.ExpiredApiKey)));
        Assert.Equal(ErrorCode.ApiKeyExpired, failure.Error.Code);
        Assert.InRange(Service.Simulator.RequestCount, 5, 30);
    }
}
