using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>What a ledger promises, whichever database it is in.</summary>
public sealed class LedgerTests(PostgresServer postgres) : BulkTest(postgres)
{
    private const string Workspace = "https://api.test/ sandbox w";
    private static readonly TimeSpan s_lease = TimeSpan.FromHours(1);

    [Theory, SqliteData, PostgresData]
    public async Task Only_one_of_many_wins_a_file(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger[] runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync(ledger)));
        LedgerClaim[][] claims = await Task.WhenAll(runs.Select(run => Task.WhenAll(Enumerable.Range(0, 60).Select(i => ClaimAsync(run, File(i))))));
        for (int i = 0; i < 60; i++)
        {
            Assert.Single(claims, all => all[i].Won);
        }

        await CloseAsync(runs);
        Assert.Equal(60, (await ReadAsync(ledger)).Count);
    }

    [Theory, SqliteData, PostgresData]
    public async Task Files_of_one_name_are_uploaded_under_different_ones(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await OpenAsync(ledger);
        string[] names = [.. (await Task.WhenAll(
            ClaimAsync(run, File(1, "a.txt")), ClaimAsync(run, File(2, "a.txt")), ClaimAsync(run, File(3, "A.TXT")), ClaimAsync(run, File(1, "A.txt")))).Select(claim => claim.Row.UploadName)];
        Assert.Equal("a.txt", names[0]);
        Assert.Equal($"a-{Hash(2)[..8]}.txt", names[1]);
        Assert.Equal($"A-{Hash(3)[..8]}.TXT", names[2]);
        Assert.Equal(4, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.False(await run.RenameAsync(File(2, "a.txt"), "A.TXT"));
        Assert.True(await run.RenameAsync(File(2, "a.txt"), "b.txt"));
        await CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task An_expired_lease_is_taken_over_and_its_old_owner_writes_no_more(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger slow = await OpenAsync(ledger);
        RunLedger quick = await OpenAsync(ledger);
        BulkFile file = File(1);
        Assert.True((await ClaimAsync(slow, file)).Won);
        file.BlobPath = "w/a.txt";
        Assert.True(await slow.SendingAsync(file));
        Assert.False((await ClaimAsync(quick, file)).Won);
        await PassAsync(ledger, minutes: 61);
        LedgerClaim claim = await ClaimAsync(quick, file);
        Assert.True(claim.Won);
        Assert.Equal(LedgerState.Submitting, claim.Row.State);
        Assert.Equal(Delivery.Unknown, claim.Row.Delivery);
        Assert.Equal("w/a.txt", claim.Row.BlobPath);
        Assert.False(await slow.SendingAsync(file));
        Assert.Equal(0, await slow.FailedAsync(file, Error(Concern.Service)));

        // But that it was accepted, and as what, is true whoever says it.
        file.SubmissionId = "s1";
        await slow.SubmittedAsync(file, null);
        file.SubmissionId = null;
        await quick.SubmittedAsync(file, "accepted before");
        LedgerEntry entry = Assert.Single(await ReadAsync(ledger));
        Assert.Equal((LedgerState.Submitted, "s1", null), (entry.State, entry.SubmissionId, entry.Error));
        await CloseAsync(slow, quick);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_renewed_lease_holds(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger slow = await OpenAsync(ledger);
        RunLedger quick = await OpenAsync(ledger);
        Assert.True((await ClaimAsync(slow, File(1))).Won);
        for (int i = 0; i < 3; i++)
        {
            await PassAsync(ledger, minutes: 40);
            Assert.False((await ClaimAsync(quick, File(1))).Won);
            Assert.Equal(1, await slow.RenewAsync());
        }

        await PassAsync(ledger, minutes: 61);
        Assert.True((await ClaimAsync(quick, File(1))).Won);
        await CloseAsync(slow, quick);
    }

    [Theory, SqliteData, PostgresData]
    public async Task What_an_ended_run_left_is_taken_over_at_once(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger gone = await OpenAsync(ledger);
        Assert.True((await ClaimAsync(gone, File(1))).Won);
        await CloseAsync(gone);
        RunLedger next = await OpenAsync(ledger);
        Assert.True((await ClaimAsync(next, File(1))).Won);
        Assert.Equal(2, Assert.Single(await ReadAsync(ledger)).Attempts);
        await CloseAsync(next);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_failure_is_tried_again_only_where_that_may_help_or_when_it_is_asked_for(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await OpenAsync(ledger);
        foreach (int i in new[] { 1, 2 })
        {
            await ClaimAsync(run, File(i));
            await run.FailedAsync(File(i), Error(i == 1 ? Concern.Service : Concern.File));
        }

        Assert.True((await ClaimAsync(run, File(1))).Won);
        LedgerClaim hopeless = await ClaimAsync(run, File(2));
        Assert.False(hopeless.Won);
        Assert.True(hopeless.Row.IsHopeless);
        Assert.True((await run.ClaimAsync(File(2), retryFailed: true)).Won);
        await CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task No_two_files_are_submitted_under_one_blob_path(Engine engine)
    {
        RunLedger run = await OpenAsync(NewLedger(engine));
        BulkFile[] files = [File(1), File(2)];
        foreach (BulkFile file in files)
        {
            await ClaimAsync(run, file);
            file.BlobPath = "w/same.txt";
        }

        Assert.True(await run.SendingAsync(files[0]));
        Assert.False(await run.SendingAsync(files[1]));
        await CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_workspace_does_not_see_the_files_of_another(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger mine = await OpenAsync(ledger);
        RunLedger theirs = await OpenAsync(ledger);
        theirs.Use("other");
        Assert.True((await ClaimAsync(mine, File(1))).Won);
        Assert.True((await ClaimAsync(theirs, File(1))).Won);
        await CloseAsync(mine, theirs);
    }

    [Theory, SqliteData, PostgresData]
    public async Task Many_make_the_tables_at_once(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger[] runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(ledger)));
        await CloseAsync(runs);
        Assert.Empty(await ReadAsync(ledger));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_newer_ledger_is_left_alone(Engine engine)
    {
        string ledger = NewLedger(engine);
        LedgerWriter writer = await LedgerWriter.OpenAsync(Dialect(ledger), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        await writer.RunAsync(new ChangeCommand(new LedgerStatement("update mediamagic_ledger set version = 99")));
        await writer.CloseAsync();
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => OpenAsync(ledger));
        Assert.Equal(ErrorCode.LedgerTooNew, failure.Error.Code);
        Assert.Equal(ErrorCode.LedgerTooNew, (await Assert.ThrowsAsync<MediaMagicException>(() => ReadAsync(ledger))).Error.Code);
    }

    private static LedgerDialect Dialect(string ledger) => LedgerDialect.Of(LedgerAddress.Parse(ledger));

    private static async Task<RunLedger> OpenAsync(string ledger)
    {
        RunLedger run = await RunLedger.OpenAsync(Dialect(ledger), s_lease, TimeSpan.FromSeconds(20), TimeProvider.System, null, default);
        run.Use(Workspace);
        return run;
    }

    private static Task<LedgerClaim> ClaimAsync(RunLedger run, BulkFile file) => run.ClaimAsync(file, retryFailed: false);

    private static ApiError Error(Concern concern) => new(new ErrorFacts { Code = ErrorCode.ServerError, Message = "It failed.", Concern = concern });

    // Leases go by the database's clock, which cannot be replaced: what is stored moves instead.
    private static async Task PassAsync(string ledger, int minutes)
    {
        LedgerWriter writer = await LedgerWriter.OpenAsync(Dialect(ledger), TimeSpan.FromSeconds(5), TimeProvider.System, null, default);
        LedgerStatement age = new("update mediamagic_assets set lease_until = lease_until - @passed where lease_until > 0", "passed");
        await writer.RunAsync(new ChangeCommand(age, minutes * 60_000L));
        await writer.CloseAsync();
    }

    private static async Task CloseAsync(params RunLedger[] runs)
    {
        foreach (RunLedger run in runs)
        {
            await run.CloseAsync();
            run.Dispose();
        }
    }

    private static string Hash(int number) => number.ToString("x8", CultureInfo.InvariantCulture) + new string('0', 56);

    private static BulkFile File(int number, string? name = null)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"file{number}.txt");
        return new BulkFile("/files/" + name, name, "text/plain", new ContentDigest(Hash(number), new FileIdentity("/files/" + name, 10, DateTime.UnixEpoch), []));
    }
}
