using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Creates that the service accepts without the client hearing of it.</summary>
public sealed class UnknownCreateTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const string Direct = "POST uploads/direct";

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task CreateAsync_stays_unknown_when_the_repeat_is_rejected_because_the_blob_is_consumed(int status)
    {
        AcceptSilently(status);
        using MediaMagicClient client = Service.NewClient();
        Upload upload = await client.Files.UploadAsync(new UploadRequest { Path = Add("claim.txt"), ContentType = "text/plain" });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.CreateAsync(new NewSubmission(upload.BlobPath!)));
        Assert.Equal(
            (ErrorCode.SubmissionOutcomeUnknown, 403, 2, true, Delivery.Unknown),
            (failure.Error.Code, failure.Error.StatusCode, failure.Error.Attempts, failure.Error.OutcomeUnknown, failure.Delivery));
        Assert.Contains(upload.BlobPath!, failure.Error.Message, StringComparison.Ordinal);
        Assert.Single(Service.Accepted);

        // The session remembers it.
        failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.CreateAsync(new NewSubmission(upload.BlobPath!)));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        Assert.Equal(2, Service.Created.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task A_rerun_repeats_an_unknown_create_on_its_own_blob_path_only(int status)
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = [Add("claim.txt")];
        AcceptSilently(status);
        SubmitResult first = AssertOnly(SubmitState.Unknown, await RunAsync(ledger, files));
        Assert.Equal(LedgerState.Submitting, Assert.Single(await ReadAsync(ledger)).State);
        foreach (bool retryFailed in new[] { false, true })
        {
            SubmitResult next = AssertOnly(SubmitState.Unknown, await RunAsync(ledger, files, options => options.RetryFailed = retryFailed));
            Assert.Equal(first.BlobPath, next.BlobPath);
        }

        Assert.Single(Service.Accepted);
        Assert.Equal(1, Service.Count(Direct));
        Assert.All(Service.Created, path => Assert.Equal(first.BlobPath, path));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_group_whose_answer_is_lost_makes_each_file_unknown_and_each_is_settled_alone(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(3);
        Once(static () => ContractAnswers.Lost());
        Service.Instead = call => call == ContractService.Create && Service.Created.Count is > 1 and <= 3 ? ContractAnswers.Page(409) : null;
        List<SubmitResult> results = await RunAsync(ledger, files, static options => options.AssetsPerSubmission = 3);
        AssertAll(SubmitState.Submitted, 3, results);
        Assert.All(results, static result => Assert.Null(result.SubmissionId));
        Assert.Equal(3, Service.Accepted.Count);
        Assert.Equal(3, Service.Count(Direct));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_conflict_of_the_service_settles_a_lost_answer_and_the_result_says_so(Engine engine)
    {
        string ledger = NewLedger(engine);
        Once(static () => ContractAnswers.Lost());
        SubmitResult result = AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [Add("claim.txt")]));
        Assert.Null(result.SubmissionId);
        Assert.Contains("answer lost", result.Error, StringComparison.Ordinal);
        Assert.Contains("answer lost", Assert.Single(await ReadAsync(ledger)).Error, StringComparison.Ordinal);
        Assert.Single(Service.Accepted);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_conflict_of_a_gateway_settles_nothing(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("claim.txt")];
        Once(static () => ContractAnswers.Lost());
        Service.Instead = call => call == ContractService.Create && Service.Created.Count > 1 ? ContractAnswers.Page(409) : null;
        AssertOnly(SubmitState.Unknown, await RunAsync(ledger, files));
        Service.Instead = null;
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, files));
        Assert.Single(Service.Accepted);
        Assert.Equal(1, Service.Count(Direct));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_conflict_about_another_blob_path_settles_nothing(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("it's a claim.txt")];
        Once(static () => ContractAnswers.Lost());
        Service.Instead = call => call == ContractService.Create && Service.Created.Count > 1
            ? ContractAnswers.Problem(409, $"Asset with blobPath '{ContractService.Workspace}/other.txt' already submitted") : null;
        AssertOnly(SubmitState.Unknown, await RunAsync(ledger, files));
        Service.Instead = null;
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, files));
        Assert.Single(Service.Accepted);
    }

    [Fact]
    public async Task A_redirect_is_not_called_an_acceptance()
    {
        Service.Instead = static call => call == ContractService.Create ? ContractAnswers.Page(302) : null;
        using MediaMagicClient client = Service.NewClient();
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.CreateAsync(new NewSubmission("w/a.txt")));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        Assert.DoesNotContain("accepted it", failure.Error.Message, StringComparison.Ordinal);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_create_that_was_cancelled_after_it_was_sent_is_unknown_and_the_next_run_repeats_it(Engine engine)
    {
        string ledger = NewLedger(engine);
        string file = Add("claim.txt");
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Arrived = call =>
        {
            if (call != ContractService.Create)
            {
                return Task.CompletedTask;
            }

            held.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        using (MediaMagicClient client = Service.NewClient())
        using (BulkRun run = await BulkRun.StartAsync(client, OptionsOf(ledger), static (_, _) => { }))
        {
            await run.AddAsync(file);
            await held.Task.WaitAsync(Limit);
            await run.StopAsync();
        }

        Assert.Equal(["Submitting|0|2"], await TestLedger.AskAsync(ledger, "select state, sending, delivery from mediamagic_assets"));
        Service.Arrived = null;
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [file]));
        Assert.Equal(1, Service.Count(Direct));
        Assert.Equal(Service.Created[0], Service.Created[1]);
    }

    [Theory, SqliteData, PostgresData]
    public async Task An_old_upload_goes_up_again_when_its_create_was_only_ever_rejected_and_its_blob_is_gone(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("claim.txt"), Add("with space.txt")];
        Service.Instead = static call => call == ContractService.Create ? ContractAnswers.Problem(402, "Upgrade your plan") : null;
        AssertAll(SubmitState.Failed, 2, await RunAsync(ledger, files));
        Service.Instead = null;
        Service.ForgetBlobs();
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files));
        Assert.Equal(2, Service.Accepted.Count);
    }

    // The service accepts the first create and keeps no blob that it has accepted; its answer is lost, or an error.
    private void AcceptSilently(int status)
    {
        Service.ConsumesBlobs = true;
        Once(() => status == 0 ? ContractAnswers.Lost() : ContractAnswers.Problem(status, "Internal server error"));
    }

    private void Once(Func<HttpResponseMessage> answer) =>
        Service.Afterwards = call => call == ContractService.Create && Service.Created.Count == 1 ? answer() : null;
}
