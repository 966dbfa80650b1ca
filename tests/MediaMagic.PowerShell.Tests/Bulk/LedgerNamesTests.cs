using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Names, blob paths, checksums and keys in a ledger.</summary>
public sealed class LedgerNamesTests(PostgresServer postgres) : ServiceTest(postgres)
{
    [Theory, SqliteData, PostgresData]
    public async Task ClaimAsync_gives_another_name_when_a_service_may_take_the_name_for_one_of_the_ledger(Engine engine)
    {
        RunLedger run = await TestLedger.OpenAsync(NewLedger(engine));
        BulkFile[] files =
        [
            TestLedger.NewFile(1, "a_b.txt"), TestLedger.NewFile(2, "a b.txt"), TestLedger.NewFile(3, "a\"b.txt"), TestLedger.NewFile(4, "a%22b.txt"),
            TestLedger.NewFile(5, "A_B.TXT"), TestLedger.NewFile(1, "a+b.txt"),
        ];
        List<string> names = [];
        foreach (BulkFile file in files)
        {
            names.Add((await run.ClaimAsync(file, retryFailed: false)).Row.UploadName);
        }

        Assert.Equal(("a_b.txt", $"a b-{TestLedger.HashOf(2)[..8]}.txt", $"A_B-{TestLedger.HashOf(5)[..8]}.TXT"), (names[0], names[1], names[4]));
        Assert.Equal(files.Length, names.Select(FoldedName.Of).Distinct().Count());
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task ClaimAsync_gives_every_name_once_when_many_are_claimed_together(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger[] runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestLedger.OpenAsync(ledger)));
        LedgerClaim[] claims = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => runs[i % 4].ClaimAsync(TestLedger.NewFile(i, i % 2 == 0 ? "a b.txt" : "a_b.txt"), retryFailed: false)));
        Assert.All(claims, static claim => Assert.True(claim.Won));
        Assert.Equal(80, claims.Select(static claim => FoldedName.Of(claim.Row.UploadName)).Distinct().Count());
        await TestLedger.CloseAsync(runs);
    }

    [Theory, SqliteData, PostgresData]
    public async Task RenameAsync_refuses_a_name_when_a_service_may_take_it_for_one_of_the_ledger(Engine engine)
    {
        RunLedger run = await TestLedger.OpenAsync(NewLedger(engine));
        await run.ClaimAsync(TestLedger.NewFile(1, "a_b.txt"), retryFailed: false);
        await run.ClaimAsync(TestLedger.NewFile(2, "c.txt"), retryFailed: false);
        Assert.False(await run.RenameAsync(TestLedger.NewFile(2, "c.txt"), "A b.txt"));
        Assert.True(await run.RenameAsync(TestLedger.NewFile(2, "c.txt"), "d.txt"));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task ReserveAsync_gives_a_blob_path_to_one_file_of_a_workspace(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        RunLedger next = await TestLedger.OpenAsync(ledger);
        RunLedger theirs = await TestLedger.OpenAsync(ledger, "https://service.test/ sandbox w2");
        (BulkFile first, BulkFile second) = (TestLedger.NewFile(1), TestLedger.NewFile(2));
        await run.ClaimAsync(first, retryFailed: false);
        await next.ClaimAsync(second, retryFailed: false);
        await theirs.ClaimAsync(second, retryFailed: false);
        Assert.True(await run.ReserveAsync(first, "w1/a.txt"));
        Assert.True(await run.ReserveAsync(first, "w1/a.txt"));
        Assert.False(await next.ReserveAsync(second, "w1/a.txt"));
        second.BlobPath = "w1/a.txt";
        Assert.False(await next.UploadedAsync(second));
        Assert.False(await next.SendingAsync(second));
        Assert.True(await theirs.ReserveAsync(second, "w1/a.txt"));
        await TestLedger.CloseAsync(run, next, theirs);
    }

    [Theory, SqliteData, PostgresData]
    public async Task The_database_itself_refuses_two_files_of_one_folded_name_or_blob_path(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        (BulkFile first, BulkFile second) = (TestLedger.NewFile(1), TestLedger.NewFile(2));
        await run.ClaimAsync(first, retryFailed: false);
        await run.ClaimAsync(second, retryFailed: false);
        await run.ReserveAsync(first, "w1/a.txt");
        foreach (string change in new[] { "folded_name = 'file01.txt'", "blob_path = 'w1/a.txt'" })
        {
            await Assert.ThrowsAnyAsync<DbException>(() => TestLedger.ExecuteAsync(ledger, $"update mediamagic_assets set {change} where name = 'file02.txt'"));
        }

        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task UploadedAsync_stores_the_checksums_of_the_content(Engine engine)
    {
        string ledger = NewLedger(engine);
        (RunLedger run, BulkFile file) = await TestLedger.ClaimAsync(ledger, 0x0123456789ABCDEF, 1);
        file.BlobPath = "w1/a.txt";
        Assert.True(await run.UploadedAsync(file));
        Assert.Equal(["Uploaded|w1/a.txt|0123456789abcdef0000000000000001"], await TestLedger.AskAsync(ledger, "select state, blob_path, checksums from mediamagic_assets"));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task OverwroteAsync_takes_back_the_file_that_had_the_blob(Engine engine)
    {
        string ledger = NewLedger(engine);
        (RunLedger earlier, BulkFile first) = await TestLedger.SendAsync(ledger);
        first.SubmissionId = "s1";
        await earlier.SubmittedAsync(first, null);
        await TestLedger.CloseAsync(earlier);

        RunLedger run = await TestLedger.OpenAsync(ledger);
        BulkFile second = TestLedger.NewFile(2);
        await run.ClaimAsync(second, retryFailed: false);
        ApiError error = TestLedger.NewError(Concern.File, 0, ErrorCode.BlobPathCollision);
        Assert.Equal(new OverwrittenFile(first.Path, first.Hash, first.Name, LedgerState.Failed), Assert.Single(await run.OverwroteAsync(second, "w1/a.txt", error)));
        Assert.Equal(
            ["file01.txt|Failed|BlobPathCollision|3", "file02.txt|Claimed|-|0"],
            await TestLedger.AskAsync(ledger, "select name, state, error_code, error_concern from mediamagic_assets order by name"));
        Assert.Empty(await run.OverwroteAsync(second, "w1/b.txt", error));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task OverwroteAsync_leaves_a_create_unknown_when_no_id_tells_that_it_was_accepted(Engine engine)
    {
        string ledger = NewLedger(engine);
        (RunLedger run, BulkFile first) = await TestLedger.SendAsync(ledger);
        await run.SubmittedAsync(first, "Accepted before.");
        ApiError error = TestLedger.NewError(Concern.File, 0, ErrorCode.BlobPathCollision);
        Assert.Equal(LedgerState.Submitting, Assert.Single(await run.OverwroteAsync(TestLedger.NewFile(2), "w1/a.txt", error)).State);

        // A create under another blob path might be a second one, and one under this path would name another file.
        LedgerRow row = (await run.ClaimAsync(first, retryFailed: true)).Row;
        Assert.Equal((Delivery.Unknown, false), (row.Delivery, row.IsUploaded));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task SubmittedAsync_does_not_count_a_file_that_was_overwritten_meanwhile(Engine engine)
    {
        string ledger = NewLedger(engine);
        (RunLedger run, BulkFile first) = await TestLedger.SendAsync(ledger);
        await run.OverwroteAsync(TestLedger.NewFile(2), "w1/a.txt", TestLedger.NewError(Concern.File, 0, ErrorCode.BlobPathCollision));
        first.SubmissionId = "s1";
        Assert.False(await run.SubmittedAsync(first, null));
        Assert.Equal(0, await run.EndedAsync(first, LedgerState.Complete, null));
        LedgerRow row = (await run.FindAsync(first))!;
        Assert.Equal((LedgerState.Failed, "s1", ErrorCode.BlobPathCollision), (row.State, row.SubmissionId, row.Error?.Code));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task SubmittedAsync_does_not_count_a_file_without_an_id_that_was_overwritten_meanwhile(Engine engine)
    {
        RunLedger run = await TestLedger.OpenAsync(NewLedger(engine));
        BulkFile first = TestLedger.NewFile(1);
        await run.ClaimAsync(first, retryFailed: false);
        first.BlobPath = "w1/a.txt";
        await run.SendingAsync(first);
        await run.OverwroteAsync(TestLedger.NewFile(2), "w1/a.txt", TestLedger.NewError(Concern.File, 0, ErrorCode.BlobPathCollision));
        Assert.False(await run.SubmittedAsync(first, "Accepted before."));
        Assert.Equal(LedgerState.Submitting, (await run.FindAsync(first))!.State);
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task RememberAsync_keeps_the_workspace_of_a_key_for_good(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        Assert.Null(await run.WorkspaceOfAsync("k1"));
        await run.RememberAsync("k1", "https://service.test/ sandbox w1");
        await run.RememberAsync("k1", "https://service.test/ sandbox w2");
        await TestLedger.CloseAsync(run);
        RunLedger next = await TestLedger.OpenAsync(ledger);
        Assert.Equal("https://service.test/ sandbox w1", await next.WorkspaceOfAsync("k1"));
        Assert.Null(await next.WorkspaceOfAsync("k2"));
        await TestLedger.CloseAsync(next);
    }

    [Theory, SqliteData, PostgresData]
    public async Task WorkspacesAsync_finds_those_of_the_service_and_environment_that_have_files(Engine engine)
    {
        string ledger = NewLedger(engine);
        foreach (string workspace in new[] { "https://service.test/ sandbox w1", "https://service.test/ live w1", "https://other.test/ sandbox w1" })
        {
            RunLedger run = await TestLedger.OpenAsync(ledger, workspace);
            for (int i = 0; i < 5; i++)
            {
                BulkFile file = TestLedger.NewFile(i);
                await run.ClaimAsync(file, retryFailed: false);
                file.SubmissionId = i == 0 ? null : $"s{i}";
                await run.SubmittedAsync(file, null);
            }

            await TestLedger.CloseAsync(run);
        }

        RunLedger asking = await TestLedger.OpenAsync(ledger);
        Assert.Equal(["https://service.test/ sandbox w1"], await asking.WorkspacesAsync("https://service.test/ sandbox "));
        Assert.Empty(await asking.WorkspacesAsync("https://service.test/ sandbox w2"));
        Assert.Equal(["s1", "s2", "s3"], await asking.SubmissionsOfAsync("https://service.test/ sandbox w1"));
        await TestLedger.CloseAsync(asking);
    }
}
