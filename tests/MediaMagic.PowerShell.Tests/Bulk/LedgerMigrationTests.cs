using System;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Client;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Ledgers of version 2.</summary>
public sealed class LedgerMigrationTests(PostgresServer postgres) : ServiceTest(postgres)
{
    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_keeps_what_is_known_of_every_row(Engine engine)
    {
        string ledger = await WriteAsync(
            engine,
            OldLedger.Row(1, "Claimed"),
            OldLedger.Row(2, "Uploaded", blob: "w1/2"),
            OldLedger.Row(3, "Submitting", blob: "w1/3", unclear: 1),
            OldLedger.Row(4, "Submitted", blob: "w1/4", submission: "s4"),
            OldLedger.Row(5, "Submitted", blob: "w1/5", error: "accepted before"),
            OldLedger.Row(6, "Complete", blob: "w1/6", submission: "s6"),
            OldLedger.Row(7, "Failed", retryable: 1, error: "503 ServerError: busy"),
            OldLedger.Row(8, "Failed", error: "415 UnsupportedContentType: no"),
            OldLedger.Row(9, "Failed", blob: "w1/9", error: "422 ValidationFailed: no"),
            OldLedger.Row(10, "Failed", blob: "w1/10", submission: "s10", retryable: 1, error: "SubmissionFailed: later"),
            OldLedger.Row(11, "Failed", blob: "w1/11", submission: "s11", error: "SubmissionFailed: no"));
        RunLedger run = await TestLedger.OpenAsync(ledger);
        Assert.Equal(
            [
                "file01.txt|Claimed|0", "file02.txt|Uploaded|0", "file03.txt|Submitting|2", "file04.txt|Submitted|3", "file05.txt|Submitted|3", "file06.txt|Complete|3",
                "file07.txt|Failed|0", "file08.txt|Failed|0", "file09.txt|Submitting|2", "file10.txt|Failed|3", "file11.txt|Failed|3",
            ],
            await TestLedger.AskAsync(ledger, "select name, state, delivery from mediamagic_assets order by name"));
        Assert.Equal([TestLedger.Workspace], await TestLedger.AskAsync(ledger, "select distinct workspace from mediamagic_assets"));

        // What failed for good stays so, what may have been submitted goes again under its own blob path, and what was submitted is done.
        Assert.Equal(
            [true, true, true, false, false, false, true, false, true, true, false],
            (await Task.WhenAll(Enumerable.Range(1, 11).Select(i => run.ClaimAsync(TestLedger.NewFile(i), retryFailed: false)))).Select(static claim => claim.Won));
        LedgerRow unknown = (await run.FindAsync(TestLedger.NewFile(9)))!;
        Assert.Equal((LedgerState.Submitting, Delivery.Unknown, "w1/9"), (unknown.State, unknown.Delivery, unknown.BlobPath));
        await TestLedger.CloseAsync(run);

        LedgerEntry[] entries = [.. await ReadAsync(ledger)];
        Assert.Equal("accepted before", entries[4].Error);
        Assert.Equal("415 UnsupportedContentType: no", entries[7].Error);
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_reads_status_and_code_of_an_error(Engine engine)
    {
        string ledger = await WriteAsync(
            engine,
            OldLedger.Row(1, "Failed", error: "415 UnsupportedContentType: The type: no"),
            OldLedger.Row(2, "Failed", retryable: 1, error: "503 ServerBusy: later"),
            OldLedger.Row(3, "Failed", retryable: 1, error: "FileNotFound: There is no file"),
            OldLedger.Row(4, "Failed", error: "404 Made_up-code: "),
            OldLedger.Row(5, "Failed", error: "No code, only words: 415 UnsupportedContentType: no"),
            OldLedger.Row(6, "Failed", error: "Sentence: with a colon"),
            OldLedger.Row(7, "Failed", error: "99 NoStatus: no"),
            OldLedger.Row(8, "Failed", error: "415 Two words: no"));
        RunLedger run = await TestLedger.OpenAsync(ledger, OldLedger.Key);
        Assert.Equal(
            [
                "Unknown|415|UnsupportedContentType|The type: no", "AzureBlob|503|ServerBusy|later", "MediaMagic|0|FileNotFound|There is no file", "Unknown|404|Made_up-code|",
                "MediaMagic|0|Unknown|No code, only words: 415 UnsupportedContentType: no", "MediaMagic|0|Unknown|Sentence: with a colon", "MediaMagic|0|Unknown|99 NoStatus: no",
                "MediaMagic|0|Unknown|415 Two words: no",
            ],
            await TestLedger.AskAsync(ledger, "select error_system, error_status, error_code, error_message from mediamagic_assets order by name"));
        Assert.Equal("415 UnsupportedContentType: The type: no", (await run.FindAsync(TestLedger.NewFile(1)))!.Error!.ToString());
        await TestLedger.CloseAsync(run);
        LedgerEntry[] entries = [.. await ReadAsync(ledger)];
        Assert.Equal(("503 ServerBusy: later", "FileNotFound: There is no file"), (entries[1].Error, entries[2].Error));

        // Of the rest nothing is known but the text.
        Assert.Equal("Unknown: Sentence: with a colon", entries[5].Error);
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_keeps_the_strongest_state_when_the_rows_of_two_keys_fall_together(Engine engine)
    {
        string ledger = await WriteAsync(
            engine,
            OldLedger.Row(1, "Submitted", blob: "w1/a1", submission: "s1"),
            OldLedger.Row(1, "Failed", retryable: 1, label: OldLedger.NewKey, updated: 9),
            OldLedger.Row(2, "Claimed", updated: 9),
            OldLedger.Row(2, "Submitting", blob: "w1/b2", unclear: 1, label: OldLedger.NewKey),
            OldLedger.Row(3, "Failed", retryable: 1),
            OldLedger.Row(3, "Uploaded", blob: "w1/b3", label: OldLedger.NewKey, updated: 9),
            OldLedger.Row(4, "Submitted", blob: "w1/a4", submission: "old"),
            OldLedger.Row(4, "Complete", blob: "w1/b4", submission: "new", label: OldLedger.NewKey, updated: 9));
        RunLedger run = await TestLedger.OpenAsync(ledger);
        Assert.Equal(
            ["file01.txt|Submitted|3|w1/a1|s1", "file02.txt|Submitting|2|w1/b2|-", "file03.txt|Uploaded|0|w1/b3|-", "file04.txt|Complete|3|w1/b4|new"],
            await TestLedger.AskAsync(ledger, "select name, state, delivery, blob_path, submission_id from mediamagic_assets order by name"));
        Assert.Equal([TestLedger.Workspace], await TestLedger.AskAsync(ledger, "select distinct workspace from mediamagic_assets"));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_gives_a_suffix_when_names_clash(Engine engine)
    {
        string ledger = await WriteAsync(
            engine,
            OldLedger.Row(1, "Submitted", blob: "w1/a1", submission: "s1", name: "a_b.txt"),
            OldLedger.Row(2, "Submitting", blob: "w1/a2", unclear: 1, name: "a b.txt"),
            OldLedger.Row(3, "Submitted", blob: "w1/a3", submission: "s3", name: "A_B.txt", label: OldLedger.NewKey));
        RunLedger run = await TestLedger.OpenAsync(ledger);
        string[] names = [.. (await TestLedger.AskAsync(ledger, "select upload_name from mediamagic_assets order by hash"))];
        Assert.Equal(3, names.Select(FoldedName.Of).Distinct().Count());
        Assert.Equal(2, names.Count(name => name.Contains("-0000000", StringComparison.Ordinal)));
        Assert.Equal(names.Select(FoldedName.Of), await TestLedger.AskAsync(ledger, "select folded_name from mediamagic_assets order by hash"));

        // A name says where a file is uploaded to; what is uploaded keeps its blob path.
        LedgerClaim claim = await run.ClaimAsync(TestLedger.NewFile(2, "a b.txt"), retryFailed: false);
        Assert.Equal((true, Delivery.Unknown, "w1/a2"), (claim.Won, claim.Row.Delivery, claim.Row.BlobPath));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_keeps_what_is_submitted_when_two_keys_uploaded_to_one_blob_path(Engine engine)
    {
        string ledger = await WriteAsync(
            engine,
            OldLedger.Row(1, "Submitted", blob: "w1/same.txt", submission: "s1", name: "same.txt"),
            OldLedger.Row(2, "Submitted", blob: "w1/same.txt", submission: "s2", name: "same.txt", label: OldLedger.NewKey),
            OldLedger.Row(3, "Uploaded", blob: "w1/same.txt", name: "other.txt", label: OldLedger.NewKey));
        RunLedger run = await TestLedger.OpenAsync(ledger);
        foreach (int number in new[] { 1, 2 })
        {
            LedgerClaim claim = await run.ClaimAsync(TestLedger.NewFile(number, "same.txt"), retryFailed: true);
            Assert.Equal((false, $"s{number}"), (claim.Won, claim.Row.SubmissionId));
        }

        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_leaves_the_old_label_when_no_row_tells_the_workspace(Engine engine)
    {
        string ledger = await WriteAsync(engine, OldLedger.Row(1, "Claimed"), OldLedger.Row(2, "Failed", retryable: 1));
        await TestLedger.CloseAsync(await TestLedger.OpenAsync(ledger));
        Assert.Equal([OldLedger.Key], await TestLedger.AskAsync(ledger, "select distinct workspace from mediamagic_assets"));
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_migrates_once_when_many_open_the_ledger_together(Engine engine)
    {
        string ledger = await WriteAsync(engine, OldLedger.Row(1, "Submitted", blob: "w1/1", submission: "s1"), OldLedger.Row(2, "Uploaded", blob: "w1/2"));
        RunLedger[] runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TestLedger.OpenAsync(ledger)));
        await TestLedger.CloseAsync(runs);
        Assert.Equal(["2"], await TestLedger.AskAsync(ledger, "select count(*) from mediamagic_assets"));
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_leaves_an_older_module_no_table_to_work_on(Engine engine)
    {
        string ledger = await WriteAsync(engine, OldLedger.Row(1, "Submitted", blob: "w1/1", submission: "s1"));
        await TestLedger.CloseAsync(await TestLedger.OpenAsync(ledger));

        // It refuses a version above its own when it opens the ledger, and one that runs finds no table.
        Assert.Equal(["4"], await TestLedger.AskAsync(ledger, "select version from mediamagic_ledger"));
        await Assert.ThrowsAnyAsync<DbException>(() => TestLedger.AskAsync(ledger, "select count(*) from mediamagic_files"));
        Assert.Equal(["1"], await TestLedger.AskAsync(ledger, "select count(*) from mediamagic_files_v2"));
    }

    [Theory, SqliteData, PostgresData]
    public async Task OpenAsync_refuses_a_ledger_of_a_newer_module_and_changes_nothing(Engine engine)
    {
        string ledger = NewLedger(engine);
        await TestLedger.CloseAsync(await TestLedger.OpenAsync(ledger));
        await TestLedger.ExecuteAsync(ledger, "update mediamagic_ledger set version = 5");
        foreach (Func<Task> use in new Func<Task>[] { () => TestLedger.OpenAsync(ledger), () => ReadAsync(ledger) })
        {
            ApiError error = (await Assert.ThrowsAsync<MediaMagicException>(use)).Error;
            Assert.Equal(ErrorCode.LedgerTooNew, error.Code);
            Assert.Contains("has version 5, and this module knows version 4", error.Message, StringComparison.Ordinal);
            Assert.Contains("Update the module", error.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(["5"], await TestLedger.AskAsync(ledger, "select version from mediamagic_ledger"));
    }

    [Theory, SqliteData, PostgresData]
    public async Task LedgerReader_reads_version_2_and_does_not_migrate_it(Engine engine)
    {
        string ledger = await WriteAsync(engine, OldLedger.Row(1, "Submitted", blob: "w1/1", submission: "s1"), OldLedger.Row(2, "Failed", error: "422 ValidationFailed: no"));
        LedgerEntry[] entries = [.. await ReadAsync(ledger)];
        Assert.Equal((LedgerState.Submitted, "s1", null), (entries[0].State, entries[0].SubmissionId, entries[0].Error));
        Assert.Equal((LedgerState.Failed, null, "422 ValidationFailed: no"), (entries[1].State, entries[1].SubmissionId, entries[1].Error));
        Assert.Equal((OldLedger.Key, 10L, TestLedger.HashOf(1)), (entries[0].Workspace, entries[0].Length, entries[0].ContentHash));
        Assert.Equal(["2"], await TestLedger.AskAsync(ledger, "select version from mediamagic_ledger"));
        Assert.Equal(["2"], await TestLedger.AskAsync(ledger, "select count(*) from mediamagic_files"));
        await Assert.ThrowsAnyAsync<DbException>(() => TestLedger.AskAsync(ledger, "select count(*) from mediamagic_assets"));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_run_goes_on_with_version_2_when_its_key_was_rotated_meanwhile(Engine engine)
    {
        string file = Add("claim.txt");
        using MediaMagicClient client = Service.NewClient();
        Upload upload = await client.Files.UploadAsync(new UploadRequest { Path = file, ContentType = "text/plain" });
        Submission submission = await client.Submissions.CreateAsync(new NewSubmission(upload.BlobPath!));
        string ledger = await WriteAsync(engine, OldLedger.Row(1, "Submitted", blob: upload.BlobPath!, submission: submission.SubmissionId!, name: "claim.txt"));
        await TestLedger.ExecuteAsync(ledger, $"update mediamagic_files set hash = '{ContentDigest.Of(file, CancellationToken.None).Hash}'");
        Service.BlobPathOf = static (workspace, name) => $"{workspace}/again-{name}";
        Assert.Equal(submission.SubmissionId, AssertOnly(SubmitState.Skipped, await RunAsync(ledger, [file], key: ContractService.RotatedKey)).SubmissionId);
        Assert.Single(Service.Accepted);
    }

    private async Task<string> WriteAsync(Engine engine, params string[] rows)
    {
        string ledger = NewLedger(engine);
        await OldLedger.WriteAsync(ledger, 2, rows);
        return ledger;
    }
}
