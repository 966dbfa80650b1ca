using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Which files a ledger writes off, and how to have them tried again.</summary>
public sealed class RetryFailedTests(PostgresServer postgres) : ServiceTest(postgres)
{
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public async Task A_gateway_that_rejects_a_create_writes_no_file_off(int status)
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(2);
        Service.Instead = call => call == ContractService.Create ? ContractAnswers.Page(status) : null;
        AssertAll(SubmitState.Failed, 2, await RunAsync(ledger, files));
        Assert.All(await ReadAsync(ledger), static entry => Assert.Equal(LedgerState.Failed, entry.State));
        Service.Instead = null;
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files));
        Assert.Equal(2, Service.Accepted.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public async Task A_gateway_that_rejects_uploads_writes_no_file_off(int status)
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = [Add("plain.txt"), Add("with space.txt")];
        await RunAsync(ledger, [Add("first.txt")]);
        Service.Instead = call => call.StartsWith("POST uploads/", StringComparison.Ordinal) ? ContractAnswers.Page(status) : null;
        AssertAll(SubmitState.Failed, 2, await RunAsync(ledger, files));
        Service.Instead = null;
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_wrong_sidekick_writes_no_file_off(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(2);
        List<SubmitResult> rejected = await RunAsync(ledger, files, static options => options.SidekickIds = [Guid.Empty]);
        AssertAll(SubmitState.Failed, 2, rejected);
        Assert.All(rejected, static result => Assert.StartsWith("422 ValidationFailed", result.Error, StringComparison.Ordinal));
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files));
        Assert.Equal(2, Service.Count("POST uploads/direct"));
    }

    [Fact]
    public async Task A_wrong_sidekick_writes_no_file_of_a_group_off()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(3);
        AssertAll(SubmitState.Failed, 3, await RunAsync(ledger, files, static options =>
        {
            options.SidekickIds = [Guid.Empty];
            options.AssetsPerSubmission = 3;
        }));
        AssertAll(SubmitState.Submitted, 3, await RunAsync(ledger, files, static options => options.AssetsPerSubmission = 3));
        Assert.Equal(3, Service.Accepted.Count);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_file_that_the_service_rejects_stays_failed_until_RetryFailed(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("claim.txt")];
        Service.Instead = static call => call == ContractService.Create ? ContractAnswers.Problem(415, "Unsupported content type") : null;
        AssertOnly(SubmitState.Failed, await RunAsync(ledger, files));
        Service.Instead = null;
        int calls = Service.Calls.Count;
        SubmitResult kept = AssertOnly(SubmitState.Failed, await RunAsync(ledger, files));
        Assert.StartsWith("415 UnsupportedContentType", kept.Error, StringComparison.Ordinal);
        Assert.Equal(calls, Service.Calls.Count);
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, files, RetryFailed));
        Assert.Single(Service.Accepted);
        AssertOnly(SubmitState.Skipped, await RunAsync(ledger, files, RetryFailed));
    }

    [Theory, SqliteData, PostgresData]
    public async Task RetryFailed_retries_the_asset_when_the_file_was_submitted(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("claim.txt")];
        Service.FailsAnalysis = true;
        SubmitResult failed = AssertOnly(SubmitState.Failed, await RunAsync(ledger, files, static options => options.Wait = true));
        Assert.NotNull(failed.SubmissionId);
        AssertOnly(SubmitState.Failed, await RunAsync(ledger, files));
        string retry = $"POST submissions/{failed.SubmissionId}/assets/{failed.AssetId}/retry";
        Assert.Equal(0, Service.Count(retry));
        Service.FailsAnalysis = false;
        SubmitResult mended = AssertOnly(SubmitState.Complete, await RunAsync(ledger, files, static options => (options.RetryFailed, options.Wait) = (true, true)));
        Assert.Equal(failed.SubmissionId, mended.SubmissionId);
        Assert.Equal((1, 1), (Service.Count(retry), Service.Count(ContractService.Create)));
    }

    [Fact]
    public async Task RetryFailed_leaves_alone_what_is_submitted()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(3);
        AssertAll(SubmitState.Submitted, 3, await RunAsync(ledger, files));
        int calls = Service.Calls.Count;
        AssertAll(SubmitState.Skipped, 3, await RunAsync(ledger, files, RetryFailed));
        Assert.Equal(calls, Service.Calls.Count);
    }

    private static void RetryFailed(BulkOptions options) => options.RetryFailed = true;
}
