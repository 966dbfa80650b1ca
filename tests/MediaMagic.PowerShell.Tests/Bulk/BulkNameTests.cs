using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Bulk runs against services that do not keep names as they are.</summary>
public sealed class BulkNameTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const string Direct = "POST uploads/direct";

    [Theory]
    [InlineData("a_b.txt", "a b.txt")]
    [InlineData("a b.txt", "a_b.txt")]
    [InlineData("a%22b.txt", "a\"b.txt")]
    [InlineData("a\"b.txt", "a%22b.txt")]
    public async Task A_run_overwrites_no_blob_when_the_service_takes_two_names_for_one(string first, string second)
    {
        Service.BlobPathOf = Sanitised;
        string[] files = [Add(first), Add(second)];
        AssertAll(SubmitState.Submitted, 2, await RunAsync(null, files));
        AssertWhole(files.Length);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_later_run_overwrites_no_blob_when_the_service_takes_two_names_for_one(Engine engine)
    {
        Service.BlobPathOf = Sanitised;
        string ledger = NewLedger(engine);
        string[] files = [Add("a_b.txt"), Add("a b.txt"), Add("a%22b.txt"), Add("a\"b.txt"), Add("A_B.txt")];
        foreach (string file in files)
        {
            AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [file]));
        }

        AssertWhole(files.Length);
        AssertAll(SubmitState.Skipped, files.Length, await RunAsync(ledger, files));
    }

    [Fact]
    public async Task Files_of_equal_content_and_other_names_are_submitted_each()
    {
        Service.BlobPathOf = Sanitised;
        List<SubmitResult> results = await RunAsync(NewLedger(Engine.Sqlite), [Add("a_b.txt", "equal"), Add("a b.txt", "equal")]);
        AssertAll(SubmitState.Submitted, 2, results);
        Assert.Equal(2, results.Select(static result => result.BlobPath).Distinct().Count());
        Assert.Empty(Service.Overwritten);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_later_run_takes_another_name_before_a_byte_goes_when_the_blob_path_is_another_file_s(Engine engine)
    {
        // The service keeps only names with a hyphen, such as those that are made from the content.
        Service.BlobPathOf = static (workspace, name) => name.Contains('-', StringComparison.Ordinal) ? $"{workspace}/{name}" : workspace + "/same.txt";
        string ledger = NewLedger(engine);
        SubmitResult first = AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [Add("one \u00E9.txt")]));
        SubmitResult second = AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [Add("two \u00E9.txt")]));
        Assert.NotEqual(first.BlobPath, second.BlobPath);
        Assert.Equal(2, Service.Count("PUT blob"));
        AssertWhole(2);
    }

    [Theory, SqliteData, PostgresData]
    public async Task Both_files_are_reported_when_a_direct_upload_overwrote_the_blob_of_an_earlier_run(Engine engine)
    {
        Service.BlobPathOf = static (workspace, _) => workspace + "/same.txt";
        string ledger = NewLedger(engine);
        (string one, string two) = (Add("one.txt"), Add("two.txt"));
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [one]));
        List<SubmitResult> results = await RunAsync(ledger, [two]);
        AssertAll(SubmitState.Failed, 2, results);
        Assert.Equal([one, two], results.Select(static result => result.Path!).Order(StringComparer.Ordinal));
        Assert.All(results, static result => Assert.StartsWith(ErrorCode.BlobPathCollision, result.Error, StringComparison.Ordinal));
        Assert.Single(Service.Created);
        List<LedgerEntry> entries = await ReadAsync(ledger);
        Assert.All(entries, static entry => Assert.Equal(LedgerState.Failed, entry.State));
        Assert.All(entries, static entry => Assert.StartsWith(ErrorCode.BlobPathCollision, entry.Error, StringComparison.Ordinal));
        Assert.DoesNotContain(await RunAsync(ledger, [one, two]), static result => result.State is SubmitState.Skipped or SubmitState.Submitted);
    }

    [Fact]
    public async Task Both_files_are_reported_when_a_direct_upload_overwrote_the_blob_of_the_same_run()
    {
        Service.BlobPathOf = static (workspace, _) => workspace + "/same.txt";
        TaskCompletionSource submitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Arrived = call => call == Direct && Service.Count(Direct) == 2 ? submitted.Task : Task.CompletedTask;
        ConcurrentQueue<SubmitResult> results = [];
        using MediaMagicClient client = Service.NewClient();
        using BulkRun run = await BulkRun.StartAsync(client, OptionsOf(null), (result, _) =>
        {
            results.Enqueue(result);
            submitted.TrySetResult();
        });
        string[] files = [Add("one.txt"), Add("two.txt")];
        await run.AddAsync(files[0]);
        await run.AddAsync(files[1]);
        await run.CompleteAsync().WaitAsync(Limit);

        // What was called submitted is taken back.
        Assert.Equal([SubmitState.Submitted, SubmitState.Failed, SubmitState.Failed], results.Select(static result => result.State!));
        Assert.Equal(files, results.Where(static result => result.State == SubmitState.Failed).Select(static result => result.Path!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("claim.txt", SubmitState.Elsewhere, "lease_until = 9000000000000")]
    [InlineData("claim \u00E9.txt", SubmitState.Elsewhere, "lease_until = 9000000000000")]
    [InlineData("claim.txt", SubmitState.Skipped, "state = 'Submitted', submission_id = 's9', delivery = 3")]
    [InlineData("claim \u00E9.txt", SubmitState.Skipped, "state = 'Submitted', submission_id = 's9', delivery = 3")]
    public async Task A_file_that_another_process_takes_over_during_its_upload_gets_no_other_name(string name, string state, string change)
    {
        string ledger = NewLedger(Engine.Sqlite);
        Service.Arrived = call => call is Direct or "POST uploads/url" ? TestLedger.ExecuteAsync(ledger, $"update mediamagic_assets set owner = 'elsewhere|1|1|run', {change}") : Task.CompletedTask;
        AssertOnly(state, await RunAsync(ledger, [Add(name)]));
        Assert.Equal(name == "claim.txt" ? 1 : 0, Service.Count(Direct) + Service.Count("PUT blob"));
        Assert.Empty(Service.Created);
        Assert.Equal([$"elsewhere|1|1|run|{name}|-"], await TestLedger.AskAsync(ledger, "select owner, upload_name, error_code from mediamagic_assets"));
    }

    [Fact]
    public async Task File_is_unknown_when_it_was_overwritten_before_a_409_settled_its_create()
    {
        Service.BlobPathOf = static (workspace, _) => workspace + "/same.txt";
        TaskCompletionSource created = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Arrived = call => (call, Service.Count(call)) switch
        {
            (Direct, 2) => created.Task,
            (ContractService.Create, 2) => told.Task,
            _ => Task.CompletedTask,
        };
        Service.Afterwards = call => call == ContractService.Create && created.TrySetResult() ? ContractAnswers.Problem(500, "Internal server error") : null;
        ConcurrentQueue<SubmitResult> results = [];
        using MediaMagicClient client = Service.NewClient();
        using BulkRun run = await BulkRun.StartAsync(client, OptionsOf(null), (result, _) =>
        {
            results.Enqueue(result);
            told.TrySetResult();
        });
        await run.AddAsync(Add("one.txt"));
        await run.AddAsync(Add("two.txt"));
        await run.CompleteAsync().WaitAsync(Limit);
        Assert.Equal([SubmitState.Failed, SubmitState.Unknown], results.Select(static result => result.State!));
        Assert.Equal(2, Service.Created.Count);
    }

    [Fact]
    public async Task RetryFailed_uploads_a_file_again_when_its_blob_was_overwritten()
    {
        Service.BlobPathOf = static (workspace, _) => workspace + "/same.txt";
        Service.Instead = static call => call == ContractService.Create ? ContractAnswers.Problem(402, "Upgrade your plan") : null;
        string ledger = NewLedger(Engine.Sqlite);
        string[] files = [Add("one.txt", "one"), Add("two.txt", "two")];
        AssertOnly(SubmitState.Failed, await RunAsync(ledger, files[..1]));
        AssertAll(SubmitState.Failed, 2, await RunAsync(ledger, files[1..]));
        Service.Instead = null;
        Service.BlobPathOf = static (workspace, name) => $"{workspace}/{name}";
        AssertAll(SubmitState.Submitted, 2, await RunAsync(ledger, files, static options => options.RetryFailed = true));
        Assert.Equal(["one", "two"], Service.Accepted.Select(static asset => asset.Content).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Assets_are_told_apart_by_the_names_that_the_service_made_of_those_asked_for()
    {
        Service.BlobPathOf = static (workspace, name) => workspace + "/" + name.Replace('u', '_');
        Service.ReversesAssets = true;
        string[] files = [Add("one u.txt"), Add("two u.txt"), Add("three u.txt")];
        List<SubmitResult> results = await RunAsync(null, files, static options => (options.AssetsPerSubmission, options.Wait) = (3, true));
        AssertAll(SubmitState.Complete, 3, results);
        Assert.All(results, result => Assert.Equal(Assert.Single(Service.Accepted, asset => asset.BlobPath == result.BlobPath).AssetId, result.AssetId));
    }

    private static string Sanitised(string workspace, string name) =>
        workspace + "/" + Regex.Replace(name.Replace("%22", "\"", StringComparison.Ordinal).ToLowerInvariant(), "[^a-z0-9.-]", "_");

    // Every file was accepted with its own bytes, and no blob was ever replaced.
    private void AssertWhole(int files)
    {
        Assert.Empty(Service.Overwritten);
        Assert.Equal(files, Service.Accepted.Count);
        Assert.Equal(files, Service.Accepted.Select(static asset => asset.Content).Distinct().Count());
    }
}
