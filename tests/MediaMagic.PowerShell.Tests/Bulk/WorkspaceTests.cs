using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Whose files a ledger holds, on a service that gives every upload a blob path of its own.</summary>
public sealed class WorkspaceTests : ServiceTest
{
    private const string SignAddress = "POST uploads/url";
    private int _uploads;

    public WorkspaceTests(PostgresServer postgres)
        : base(postgres) => Service.BlobPathOf = (workspace, name) => $"{workspace}/{Interlocked.Increment(ref _uploads)}-{name}";

    [Theory, SqliteData, PostgresData]
    public async Task A_run_submits_nothing_twice_when_the_key_was_rotated(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(3);
        List<SubmitResult> first = await RunAsync(ledger, files);
        AssertAll(SubmitState.Submitted, 3, first);
        int calls = Service.Calls.Count;
        List<SubmitResult> second = await RunAsync(ledger, files, key: ContractService.RotatedKey);
        AssertAll(SubmitState.Skipped, 3, second);
        Assert.Equal(first.Select(static result => result.SubmissionId).Order(), second.Select(static result => result.SubmissionId).Order());
        Assert.Equal(3, Service.Accepted.Count);

        // To read one submission proved that the key is of the same workspace. The ledger remembers that.
        Assert.StartsWith("GET submissions/", Assert.Single(Service.Calls.Skip(calls)), StringComparison.Ordinal);
        AssertAll(SubmitState.Skipped, 3, await RunAsync(ledger, files, key: ContractService.RotatedKey));
        Assert.Equal(calls + 1, Service.Calls.Count);
    }

    [Fact]
    public async Task A_run_compares_two_upload_addresses_when_the_submissions_are_gone()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(5);
        AssertAll(SubmitState.Submitted, 5, await RunAsync(ledger, files));
        int calls = Service.Calls.Count;
        Service.Instead = Missing;
        AssertAll(SubmitState.Skipped, 5, await RunAsync(ledger, files, key: ContractService.RotatedKey));
        Assert.Equal(5, Service.Accepted.Count);
        string[] asked = [.. Service.Calls.Skip(calls)];
        Assert.InRange(asked.Count(static call => call.StartsWith("GET submissions/", StringComparison.Ordinal)), 1, 3);
        Assert.Equal(2, asked.Count(static call => call == SignAddress));
    }

    [Fact]
    public async Task A_run_ends_before_the_first_file_when_the_addresses_do_not_show_the_workspace()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(2);
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files));
        Service.Instead = Missing;
        Service.BlobPathOf = (_, name) => $"{Interlocked.Increment(ref _uploads)}/{name}";
        int calls = Service.Calls.Count;
        (ApiError error, List<SubmitResult> results) = await FailAsync(ledger, files, key: ContractService.RotatedKey);
        Assert.Equal(ErrorCode.LedgerUnavailable, error.Code);
        Assert.Contains("another key", error.Message, StringComparison.Ordinal);
        Assert.Empty(results);
        Assert.All(Service.Calls.Skip(calls), static call => Assert.True(call == SignAddress || call.StartsWith("GET ", StringComparison.Ordinal), call));
        Assert.Equal(2, Service.Accepted.Count);

        // The key that the ledger knows goes on.
        AssertAll(SubmitState.Skipped, 2, await RunAsync(ledger, files));
    }

    [Theory]
    [InlineData(401, ErrorCode.InvalidApiKey)]
    [InlineData(402, ErrorCode.PlanNotAuthorized)]
    [InlineData(500, ErrorCode.ServerError)]
    public async Task A_run_ends_before_the_first_file_when_the_proof_is_refused(int status, string code)
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(2);
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files));
        Service.Instead = call => Missing(call) ?? (call == SignAddress ? ContractAnswers.Problem(status, "Invalid API key") : null);
        (ApiError error, List<SubmitResult> results) = await FailAsync(ledger, [.. files, Add("new.txt")], key: ContractService.RotatedKey);
        Assert.Equal(code, error.Code);
        Assert.Empty(results);
        Assert.Equal(2, Service.Accepted.Count);
        Assert.Equal(2, Service.Count("POST uploads/direct"));
        Assert.Equal(2, (await ReadAsync(ledger)).Count);
    }

    [Fact]
    public async Task A_gateway_that_answers_404_proves_nothing_and_ends_the_run()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(1);
        await RunAsync(ledger, files);
        Service.Instead = static call => call.StartsWith("GET ", StringComparison.Ordinal) ? ContractAnswers.Page(404) : null;
        (ApiError error, List<SubmitResult> results) = await FailAsync(ledger, files, key: ContractService.RotatedKey);
        Assert.Equal(404, error.StatusCode);
        Assert.Empty(results);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_key_of_another_workspace_has_rows_of_its_own(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(2);
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files));
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files, key: ContractService.OtherKey));
        Assert.Equal(2, Service.Accepted.Count(static asset => asset.Workspace == ContractService.OtherWorkspace));
        Assert.Equal(
            [$"https://service.test/ sandbox {ContractService.Workspace}", $"https://service.test/ sandbox {ContractService.OtherWorkspace}"],
            (await ReadAsync(ledger)).Select(static entry => entry.Workspace!).Distinct().Order(StringComparer.Ordinal));
        AssertAll(SubmitState.Skipped, 2, await RunAsync(ledger, files));
        AssertAll(SubmitState.Skipped, 2, await RunAsync(ledger, files, key: ContractService.OtherKey));
        Assert.Equal(4, Service.Accepted.Count);
    }

    [Fact]
    public async Task A_live_key_has_rows_of_its_own()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = AddMany(1);
        await RunAsync(ledger, files);
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, files, key: ContractService.LiveKey));
        Assert.Equal(
            [$"https://service.test/ live {ContractService.Workspace}", $"https://service.test/ sandbox {ContractService.Workspace}"],
            (await ReadAsync(ledger)).Select(static entry => entry.Workspace!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_is_kept_in_the_ledger_as_nothing_that_leads_back_to_it()
    {
        string ledger = NewLedger(Engine.Sqlite);
        await RunAsync(ledger, AddMany(1));
        string row = Assert.Single(await TestLedger.AskAsync(ledger, "select key_hash, workspace from mediamagic_keys"));
        Assert.Matches("^[0-9a-f]{16}\\|https://service.test/ sandbox " + ContractService.Workspace + "$", row);
        Assert.DoesNotContain(row.Split('|')[0], ContractService.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_ledger_proves_nothing()
    {
        AssertOnly(SubmitState.Submitted, await RunAsync(null, AddMany(1)));
        Assert.Equal(["POST uploads/direct", ContractService.Create], Service.Calls);
    }

    private static HttpResponseMessage? Missing(string call) =>
        call.StartsWith("GET submissions/", StringComparison.Ordinal) ? ContractAnswers.Problem(404, "Submission not found") : null;
}
