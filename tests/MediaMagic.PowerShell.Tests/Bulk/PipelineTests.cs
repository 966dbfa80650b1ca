using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Bulk runs against the simulator.</summary>
public sealed class PipelineTests(PostgresServer postgres) : BulkTest(postgres)
{
    [Theory, SqliteData, PostgresData]
    public async Task Every_file_is_submitted_once_and_a_rerun_sends_nothing(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(150);
        List<SubmitResult> first = await RunAsync(ledger, files);
        Assert.Equal(files.Order(), first.Select(result => result.Path).Order());
        Assert.All(first, result => Assert.Equal((SubmitState.Submitted, true, true), (result.State, result.SubmissionId is not null, result.AssetId is not null)));
        AssertOnce(150);
        long requests = Service.Simulator.RequestCount;
        List<SubmitResult> second = await RunAsync(ledger, files);
        Assert.All(second, result => Assert.Equal(SubmitState.Skipped, result.State));
        Assert.Equal(first.Select(result => result.SubmissionId).Order(), second.Select(result => result.SubmissionId).Order());
        Assert.Equal(requests, Service.Simulator.RequestCount);
        Assert.All(await ReadAsync(ledger), entry => Assert.Equal((LedgerState.Submitted, 1), (entry.State, entry.Attempts)));
    }

    [Fact]
    public async Task It_works_without_a_ledger()
    {
        string[] files = [.. AddMany(40), Add("other/file0001.txt", "different")];
        List<SubmitResult> results = await RunAsync(null, files, options => options.Wait = true);
        Assert.All(results, result => Assert.Equal((SubmitState.Complete, "complete"), (result.State, result.Status)));
        AssertOnce(41);
    }

    [Theory, SqliteData, PostgresData]
    public async Task One_bad_file_does_not_stop_the_others(Engine engine)
    {
        string[] files = [.. AddMany(20), Path.Combine(Folder, "missing.txt"), Add("empty.txt", string.Empty), Add("strange.xyz")];
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Status = 415 });
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", Status = 403 });
        string ledger = NewLedger(engine);
        List<SubmitResult> results = await RunAsync(ledger, files);
        Assert.Equal(3, results.Count(result => result.State == SubmitState.Invalid));
        Assert.Equal(2, results.Count(result => result.State == SubmitState.Failed));
        Assert.Equal(18, results.Count(result => result.State == SubmitState.Submitted));
        Assert.All(results.Where(result => result.State != SubmitState.Submitted), result => Assert.NotNull(result.Error));

        // What the service refused for its own sake stays refused; the file that could not be uploaded under its name goes up next time.
        List<SubmitResult> again = await RunAsync(ledger, files);
        Assert.Contains(again, result => result.State == SubmitState.Failed && result.Error!.StartsWith("415 UnsupportedContentType", StringComparison.Ordinal));
        Assert.All(Service.Simulator.AcceptedBlobPaths, pair => Assert.Equal(1, pair.Value));
    }

    [Theory, SqliteData, PostgresData]
    public async Task Equal_names_never_share_a_blob_path_and_equal_files_are_one(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [Add("a/clip.txt", "one"), Add("b/clip.txt", "two"), Add("c/clip.txt", "three"), Add("d/clip.txt", "two")];
        List<SubmitResult> results = await RunAsync(ledger, files);
        Assert.Equal(3, results.Count(result => result.State == SubmitState.Submitted));
        SubmitResult twin = Assert.Single(results, result => result.State == SubmitState.Skipped);
        SubmitResult other = Assert.Single(results, result => result.BlobPath == twin.BlobPath && result != twin);
        Assert.Equal(new[] { files[1], files[3] }, new[] { twin.Path!, other.Path! }.Order());
        Assert.Equal(other.SubmissionId, twin.SubmissionId);
        AssertOnce(3);
        foreach (SubmitResult result in results)
        {
            Assert.Equal(new FileInfo(result.Path!).Length, Service.Simulator.FindBlob(result.BlobPath!)!.Length);
        }
    }

    [Theory, SqliteData, PostgresData]
    public async Task Several_go_into_one_submission_and_a_refused_one_goes_alone(Engine engine)
    {
        string ledger = NewLedger(engine);
        await Service.Client.Submissions.CreateAsync(new NewSubmission(await Service.UploadAsync("file0003.txt", File.ReadAllText(AddMany(23)[3]))));
        List<SubmitResult> results = await RunAsync(ledger, AddMany(23), options => options.AssetsPerSubmission = 5);
        SubmitResult refused = Assert.Single(results, result => result.State == SubmitState.Failed);
        Assert.EndsWith("file0003.txt", refused.Path, StringComparison.Ordinal);
        Assert.Contains(ErrorCode.AssetAlreadySubmitted, refused.Error, StringComparison.Ordinal);
        Assert.Equal(22, results.Count(result => result is { State: SubmitState.Submitted, AssetId: not null }));
        AssertOnce(23);

        // Four groups are accepted whole, and the fifth is sent again file by file. It has five files, or three if the rejected file is uploaded last.
        Assert.Contains(Service.Simulator.SubmissionCount, new[] { 1 + 4 + 4, 1 + 4 + 2 });
    }

    [Theory, SqliteData, PostgresData]
    public async Task Waiting_tells_how_each_file_ended_and_a_rerun_mends_what_can_be(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = [.. AddMany(6), Add("bad-fail-permanent.txt"), Add("bad-fail-retryable.txt")];
        List<SubmitResult> results = await RunAsync(ledger, files, Waiting);
        Assert.Equal(6, results.Count(result => result is { State: SubmitState.Complete, Status: "complete" }));
        Assert.Equal(2, results.Count(result => result is { State: SubmitState.Failed, Status: "failed", SubmissionId: not null }));
        List<SubmitResult> again = await RunAsync(ledger, files, Waiting);
        Assert.Equal(6, again.Count(result => result.State == SubmitState.Skipped));
        Assert.EndsWith("retryable.txt", Assert.Single(again, result => result.State == SubmitState.Complete).Path, StringComparison.Ordinal);
        Assert.EndsWith("permanent.txt", Assert.Single(again, result => result.State == SubmitState.Failed).Path, StringComparison.Ordinal);
        AssertOnce(8);

        static void Waiting(BulkOptions options)
        {
            options.Wait = true;
            options.AssetsPerSubmission = 3;
        }
    }

    [Theory, SqliteData, PostgresData]
    public async Task Runs_side_by_side_share_the_work(Engine engine)
    {
        string ledger = NewLedger(engine);
        string[] files = AddMany(200);
        List<SubmitResult>[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunAsync(ledger, files))));
        Assert.Equal(200, results.Sum(list => list.Count(result => result.State == SubmitState.Submitted)));
        Assert.All(results.SelectMany(list => list), result => Assert.Contains(result.State, new[] { SubmitState.Submitted, SubmitState.Skipped, SubmitState.Elsewhere }));
        AssertOnce(200);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_ledger_keeps_no_secret(Engine engine)
    {
        string ledger = NewLedger(engine);
        string key = Service.Simulator.ApiKey;
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", Status = 400, Body = $$"""{"detail":"No {{key}} here"}""" });
        await RunAsync(ledger, AddMany(5));
        List<LedgerEntry> entries = await ReadAsync(ledger);
        Assert.Contains(entries, entry => entry.Error is not null);
        string all = engine == Engine.Postgres
            ? Postgres.Query(ledger, "select row_to_json(f)::text from mediamagic_assets f union all select row_to_json(k)::text from mediamagic_keys k")
            : string.Concat(Directory.GetFiles(Folder, "*.db*").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("file0001.txt", all, StringComparison.Ordinal);
        Assert.DoesNotContain(key[8..], all, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changes_on_its_way_is_not_submitted()
    {
        string ledger = NewLedger(Engine.Sqlite);

        // The first run learns the workspace, so that the upload is the only request of the second one.
        Assert.Equal(SubmitState.Submitted, Assert.Single(await RunAsync(ledger, [Add("first.txt")])).State);
        string[] files = AddMany(1);
        TaskCompletionSource changed = new();
        Service.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", Until = changed.Task, Status = 500 });
        Task<List<SubmitResult>> running = RunAsync(ledger, files);
        await ServiceAsync(() => Service.Simulator.OpenRequests == 1);
        await File.WriteAllTextAsync(files[0], "Something else altogether, and longer than before, so that everyone can tell.");
        changed.SetResult();
        SubmitResult result = Assert.Single(await running);
        Assert.Equal(SubmitState.Failed, result.State);
        Assert.Contains(ErrorCode.FileChanged, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, Service.Simulator.SubmissionCount);
    }

    [Fact]
    public async Task A_session_that_used_the_name_for_something_else_gets_another_name()
    {
        using MediaMagicClient client = NewClient();
        string first = Add("x/note.txt", "first");
        string second = Add("y/note.txt", "second");
        SubmitResult one = Assert.Single(await RunAsync(null, [first], client: client));
        SubmitResult two = Assert.Single(await RunAsync(null, [second], client: client));
        Assert.Equal((SubmitState.Submitted, SubmitState.Submitted), (one.State, two.State));
        Assert.NotEqual(one.BlobPath, two.BlobPath);

        // The session remembers that it submitted this blob path, and with what content.
        SubmitResult again = Assert.Single(await RunAsync(null, [first], client: client));
        Assert.Equal((SubmitState.Submitted, one.BlobPath, null), (again.State, again.BlobPath, again.SubmissionId));
        Assert.Contains("an earlier create must have been accepted", again.Error, StringComparison.Ordinal);
        AssertOnce(2);
    }
}
