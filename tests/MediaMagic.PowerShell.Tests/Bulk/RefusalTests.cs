using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Runs that end because the service keeps rejecting something that is not a file.</summary>
public sealed class RefusalTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const int Max = 5;
    private const int Files = 20;

    [Theory, SqliteData, PostgresData]
    public async Task A_run_ends_with_what_to_correct_after_five_creates_that_are_rejected_alike(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(Files);
        (ApiError error, List<SubmitResult> results) = await FailAsync(ledger, files, static options => options.SidekickIds = [Guid.Empty]);
        Assert.Equal((422, ErrorCode.ValidationFailed), (error.StatusCode, error.Code));
        Assert.NotEmpty(error.RecommendedAction!);

        // The uploads between the creates are successes of another endpoint.
        Assert.Equal(Max, Service.Count(ContractService.Create));
        AssertAll(SubmitState.Failed, Max, results);
        AssertAll(SubmitState.Submitted, Files, await RunAsync(ledger, files));
        Assert.Equal(Files, Service.Accepted.Count);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_run_ends_after_five_rejections_of_files_that_were_submitted_together(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(Files);
        (ApiError error, List<SubmitResult> results) = await FailAsync(ledger, files, static options => (options.AssetsPerSubmission, options.SidekickIds) = (Files, [Guid.Empty]));
        Assert.Equal(422, error.StatusCode);

        // The first create is of all files, and those after it of one file each.
        Assert.Equal(1 + Max, Service.Count(ContractService.Create));
        AssertAll(SubmitState.Failed, Max, results);
        AssertAll(SubmitState.Submitted, Files, await RunAsync(ledger, files, static options => options.AssetsPerSubmission = Files));
        Assert.Equal(Files, Service.Accepted.Count);
    }

    [Fact]
    public async Task A_run_that_ends_tells_of_the_files_that_it_waits_for()
    {
        Service.Instead = call => call switch
        {
            ContractService.Create when Service.Created.Count > 1 => ContractAnswers.Problem(422, "No."),
            _ when call.StartsWith("GET submissions/", StringComparison.Ordinal) => ContractAnswers.Submission(200, "s1", "processing", ["a1"]),
            _ => null,
        };
        (_, List<SubmitResult> results) = await FailAsync(null, AddMany(1 + Max), static options => options.Wait = true);
        SubmitResult accepted = Assert.Single(results, static result => result.State == SubmitState.Submitted);
        Assert.Equal(Assert.Single(Service.Accepted).SubmissionId, accepted.SubmissionId);
        Assert.Equal(1 + Max, results.Count);
    }

    [Fact]
    public async Task A_run_that_ends_tells_of_the_files_whose_create_is_unknown()
    {
        TaskCompletionSource unknown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int creates = 0;
        Service.Arrived = call => call == ContractService.Create && Interlocked.Increment(ref creates) > 1 ? unknown.Task : Task.CompletedTask;
        Service.Instead = call => call != ContractService.Create ? null : unknown.TrySetResult() ? Busy() : ContractAnswers.Problem(422, "No.");
        (_, List<SubmitResult> results) = await FailAsync(null, AddMany(1 + Max), static options => options.ThrottleLimit = 2);
        Assert.Single(results, static result => result.State == SubmitState.Unknown);
        Assert.Equal(1 + Max, results.Count);

        // It asks for a longer wait than the clock of these tests ever passes.
        static HttpResponseMessage Busy()
        {
            HttpResponseMessage answer = ContractAnswers.Problem(500, "Internal server error");
            answer.Headers.TryAddWithoutValidation("Retry-After", "120");
            return answer;
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_run_ends_after_five_creates_that_are_rejected_alike_whatever_the_status(int status)
    {
        Service.Instead = call => call == ContractService.Create ? ContractAnswers.Problem(status, "No.") : null;
        (ApiError error, List<SubmitResult> results) = await FailAsync(null, AddMany(Files));
        Assert.Equal(status, error.StatusCode);
        AssertAll(SubmitState.Failed, Max, results);
        Assert.Equal(Max, Service.Count(ContractService.Create));
    }

    [Fact]
    public async Task A_run_goes_on_when_a_create_succeeds_before_the_fifth_is_rejected()
    {
        Service.Instead = call => call == ContractService.Create && Service.Created.Count % Max != 0 ? ContractAnswers.Problem(400, "No.") : null;
        List<SubmitResult> results = await RunAsync(NewLedger(Engine.Sqlite), AddMany(Files));
        Assert.Equal((Files - (Files / Max), Files / Max), (results.Count(static result => result.State == SubmitState.Failed), results.Count(static result => result.State == SubmitState.Submitted)));
    }

    [Fact]
    public async Task A_run_goes_on_when_the_creates_are_rejected_for_changing_reasons()
    {
        Service.Instead = call => call == ContractService.Create ? ContractAnswers.Problem(Service.Created.Count % 2 == 0 ? 400 : 422, "No.") : null;
        AssertAll(SubmitState.Failed, Files, await RunAsync(NewLedger(Engine.Sqlite), AddMany(Files)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task A_run_goes_on_when_it_is_a_gateway_that_rejects_the_creates(int status)
    {
        Service.Instead = call => call == ContractService.Create ? ContractAnswers.Page(status) : null;
        AssertAll(SubmitState.Failed, Files, await RunAsync(NewLedger(Engine.Sqlite), AddMany(Files)));
    }

    [Fact]
    public async Task A_run_goes_on_when_it_is_the_files_that_are_rejected()
    {
        Service.Instead = static call => call == ContractService.Create ? ContractAnswers.Problem(415, "Unsupported content type") : null;
        AssertAll(SubmitState.Failed, Files, await RunAsync(NewLedger(Engine.Sqlite), AddMany(Files)));
    }

    [Fact]
    public void Add_returns_true_at_the_fifth_refusal_of_one_endpoint_status_and_code()
    {
        RefusalCount refusals = new();
        ApiError error = TestLedger.NewError(Concern.Request);
        Assert.Equal([false, false, false, false, true], Enumerable.Range(0, Max).Select(_ => refusals.Add(ApiEndpoint.SubmissionCreate, error)).ToArray());
    }

    [Fact]
    public void Add_starts_again_when_status_or_code_change()
    {
        ApiError[] others = [TestLedger.NewError(Concern.Request, 400), TestLedger.NewError(Concern.Request, 422, ErrorCode.BadRequest)];
        foreach (ApiError other in others)
        {
            RefusalCount refusals = new();
            Repeat(refusals, ApiEndpoint.SubmissionCreate, 4);
            Assert.False(refusals.Add(ApiEndpoint.SubmissionCreate, other));
            Repeat(refusals, ApiEndpoint.SubmissionCreate, 4);
            Assert.True(refusals.Add(ApiEndpoint.SubmissionCreate, TestLedger.NewError(Concern.Request)));
        }
    }

    [Fact]
    public void Reset_starts_only_the_same_endpoint_again()
    {
        RefusalCount refusals = new();
        Repeat(refusals, ApiEndpoint.SubmissionCreate, 4);
        Repeat(refusals, ApiEndpoint.UploadUrl, 4);
        refusals.Reset(ApiEndpoint.UploadUrl);
        Assert.False(refusals.Add(ApiEndpoint.UploadUrl, TestLedger.NewError(Concern.Request)));
        Assert.True(refusals.Add(ApiEndpoint.SubmissionCreate, TestLedger.NewError(Concern.Request)));
    }

    [Fact]
    public void Add_does_not_count_what_concerns_files_or_the_service()
    {
        RefusalCount refusals = new();
        Repeat(refusals, ApiEndpoint.SubmissionCreate, 4);
        for (int i = 0; i < Files; i++)
        {
            Assert.False(refusals.Add(ApiEndpoint.SubmissionCreate, TestLedger.NewError(Concern.File, 415)));
            Assert.False(refusals.Add(ApiEndpoint.SubmissionCreate, TestLedger.NewError(Concern.Service, 429)));
        }
    }

    private static void Repeat(RefusalCount refusals, ApiEndpoint endpoint, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.False(refusals.Add(endpoint, TestLedger.NewError(Concern.Request)));
        }
    }
}
