using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>How the row of a file moves on, and what no run can undo.</summary>
public sealed class LedgerTransitionTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const string State = "select state, sending, delivery from mediamagic_assets";
    private const string Error = "select error_system, error_status, error_code, error_message, error_concern from mediamagic_assets";

    [Theory, SqliteData, PostgresData]
    public async Task ClaimAsync_makes_a_row_of_which_nothing_was_sent(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        LedgerClaim claim = await run.ClaimAsync(TestLedger.NewFile(1), retryFailed: false);
        Assert.Equal((true, LedgerState.Claimed, Delivery.NotSent, "file01.txt", null), (claim.Won, claim.Row.State, claim.Row.Delivery, claim.Row.UploadName, claim.Row.BlobPath));
        Assert.Equal(["Claimed|0|0"], await TestLedger.AskAsync(ledger, State));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_row_that_is_still_sending_is_unknown_when_another_run_takes_it_over(Engine engine)
    {
        string ledger = NewLedger(engine);
        await BeginAsync(ledger, null);
        Assert.Equal(["Submitting|1|0"], await TestLedger.AskAsync(ledger, State));
        LedgerClaim claim = await TakeOverAsync(ledger);
        Assert.Equal((true, LedgerState.Submitting, Delivery.Unknown, "w1/a.txt"), (claim.Won, claim.Row.State, claim.Row.Delivery, claim.Row.BlobPath));
        Assert.Equal(["Submitting|0|2"], await TestLedger.AskAsync(ledger, State));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_row_is_not_unknown_when_its_create_was_rejected_before_another_run_takes_it_over(Engine engine)
    {
        string ledger = NewLedger(engine);
        await BeginAsync(ledger, Delivery.Rejected);
        Assert.Equal(["Uploaded|0|1"], await TestLedger.AskAsync(ledger, State));
        LedgerClaim claim = await TakeOverAsync(ledger);
        Assert.Equal((true, LedgerState.Uploaded, Delivery.Rejected, "w1/a.txt"), (claim.Won, claim.Row.State, claim.Row.Delivery, claim.Row.BlobPath));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_row_that_is_unknown_stays_so_when_a_later_create_is_rejected(Engine engine)
    {
        string ledger = NewLedger(engine);
        await BeginAsync(ledger, Delivery.Unknown);
        Assert.Equal(["Submitting|0|2"], await TestLedger.AskAsync(ledger, State));

        // A run that knows nothing of the first create, and hears only of the rejection.
        RunLedger run = await TestLedger.OpenAsync(ledger);
        BulkFile file = TestLedger.NewFile(1);
        Assert.Equal(Delivery.Unknown, (await run.ClaimAsync(file, retryFailed: true)).Row.Delivery);
        file.BlobPath = "w1/a.txt";
        Assert.True(await run.SendingAsync(file));
        file.Add(Delivery.Rejected);
        Assert.Equal(1, await run.AnsweredAsync(file));
        Assert.Equal(["Submitting|0|2"], await TestLedger.AskAsync(ledger, State));
        Assert.Equal(1, await run.FailedAsync(file, TestLedger.NewError(Concern.File)));
        Assert.Equal(["Submitting|0|2"], await TestLedger.AskAsync(ledger, State));
        Assert.False(await run.RenameAsync(file, "b.txt"));
        Assert.False(await run.ReserveAsync(file, "w1/b.txt"));
        await TestLedger.CloseAsync(run);
        LedgerClaim claim = await TakeOverAsync(ledger);
        Assert.Equal((true, Delivery.Unknown), (claim.Won, claim.Row.Delivery));
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_row_that_is_unknown_is_settled_when_the_create_is_accepted(Engine engine)
    {
        string ledger = NewLedger(engine);
        await BeginAsync(ledger, Delivery.Unknown);
        (RunLedger run, BulkFile file) = await TestLedger.ClaimAsync(ledger);
        await run.FailedAsync(file, TestLedger.NewError(Concern.Service));
        await run.ClaimAsync(file, retryFailed: false);
        Assert.True(await run.SubmittedAsync(file, "Accepted before."));
        Assert.Equal(["Submitted|0|3"], await TestLedger.AskAsync(ledger, State));
        Assert.Equal(["-|0|-|-|0"], await TestLedger.AskAsync(ledger, Error));
        LedgerEntry entry = Assert.Single(await ReadAsync(ledger));
        Assert.Equal((null, "Accepted before."), (entry.SubmissionId, entry.Error));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_row_that_is_submitted_stays_so_whoever_comes(Engine engine)
    {
        string ledger = NewLedger(engine);
        (RunLedger run, BulkFile file) = await TestLedger.SendAsync(ledger);
        file.SubmissionId = "s1";
        await run.SubmittedAsync(file, null);
        Assert.False(await run.SendingAsync(file));
        Assert.False(await run.ForgetAsync(file, "b.txt"));
        Assert.Equal(0, await run.AnsweredAsync(file));
        Assert.Equal(0, await run.FailedAsync(file, TestLedger.NewError(Concern.Service)));
        await run.ReleaseAsync([file]);
        await TestLedger.CloseAsync(run);
        RunLedger next = await TestLedger.OpenAsync(ledger);
        LedgerClaim claim = await next.ClaimAsync(file, retryFailed: true);
        Assert.Equal((false, true, "s1", Delivery.Accepted), (claim.Won, claim.Row.IsSubmitted, claim.Row.SubmissionId, claim.Row.Delivery));
        await TestLedger.CloseAsync(next);
    }

    [Theory, SqliteData, PostgresData]
    public async Task A_run_that_lost_its_row_writes_no_more_but_that_the_file_was_accepted(Engine engine)
    {
        string ledger = NewLedger(engine);
        (RunLedger slow, BulkFile file) = await TestLedger.SendAsync(ledger);
        RunLedger quick = await TestLedger.OpenAsync(ledger);
        Assert.False((await quick.ClaimAsync(file, retryFailed: true)).Won);

        // Leases go by the database's clock, which cannot be replaced: what is stored moves instead.
        await TestLedger.ExecuteAsync(ledger, "update mediamagic_assets set lease_until = 1");
        Assert.Equal(Delivery.Unknown, (await quick.ClaimAsync(file, retryFailed: false)).Row.Delivery);
        Assert.Equal(0, await slow.AnsweredAsync(file));
        Assert.Equal(0, await slow.FailedAsync(file, TestLedger.NewError(Concern.File)));
        Assert.False(await slow.ReserveAsync(file, "w1/b.txt"));
        file.SubmissionId = "s1";
        Assert.True(await slow.SubmittedAsync(file, null));
        file.SubmissionId = null;
        await quick.SubmittedAsync(file, "Accepted before.");
        LedgerEntry entry = Assert.Single(await ReadAsync(ledger));
        Assert.Equal((LedgerState.Submitted, "s1", null), (entry.State, entry.SubmissionId, entry.Error));
        await TestLedger.CloseAsync(slow, quick);
    }

    [Theory, SqliteData, PostgresData]
    public async Task FailedAsync_stores_the_parts_of_the_error_and_a_later_run_reads_them(Engine engine)
    {
        string ledger = NewLedger(engine);
        (RunLedger run, BulkFile file) = await TestLedger.ClaimAsync(ledger);
        file.Add(Delivery.Rejected);
        await run.FailedAsync(file, TestLedger.NewError(Concern.File, 415, ErrorCode.UnsupportedContentType));
        Assert.Equal(["Failed|0|1"], await TestLedger.AskAsync(ledger, State));
        Assert.Equal(["MediaMagic|415|UnsupportedContentType|No.|3"], await TestLedger.AskAsync(ledger, Error));
        Assert.Equal("415 UnsupportedContentType: No.", Assert.Single(await ReadAsync(ledger)).Error);
        ApiError error = (await run.ClaimAsync(file, retryFailed: false)).Row.Error!;
        Assert.Equal(
            (ErrorSystem.MediaMagic, 415, ErrorCode.UnsupportedContentType, "No.", Concern.File, Delivery.Rejected, false),
            (error.System, error.StatusCode, error.Code, error.Message, error.Concern, error.Delivery, error.Retryable));
        Assert.NotNull(error.RecommendedAction);
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task ClaimAsync_takes_up_a_failure_unless_it_is_about_the_file(Engine engine)
    {
        Concern[] concerns = [Concern.Service, Concern.Account, Concern.Request, Concern.File];
        RunLedger run = await TestLedger.OpenAsync(NewLedger(engine));
        foreach (Concern concern in concerns)
        {
            BulkFile file = TestLedger.NewFile((int)concern);
            await run.ClaimAsync(file, retryFailed: false);
            await run.FailedAsync(file, TestLedger.NewError(concern));
        }

        LedgerClaim[] claims = await Task.WhenAll(concerns.Select(concern => run.ClaimAsync(TestLedger.NewFile((int)concern), retryFailed: false)));
        Assert.Equal([true, true, true, false], claims.Select(static claim => claim.Won));
        Assert.True(claims[3].Row.IsHopeless);
        Assert.True((await run.ClaimAsync(TestLedger.NewFile((int)Concern.File), retryFailed: true)).Won);
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task ForgetAsync_begins_anew_only_what_is_unknown(Engine engine)
    {
        string ledger = NewLedger(engine);
        await BeginAsync(ledger, Delivery.Rejected);
        (RunLedger run, BulkFile file) = await TestLedger.ClaimAsync(ledger);
        Assert.False(await run.ForgetAsync(file, "b.txt"));
        file.BlobPath = "w1/a.txt";
        await run.SendingAsync(file);
        file.Add(Delivery.Unknown);
        await run.AnsweredAsync(file);
        Assert.True(await run.ForgetAsync(file, "b.txt"));
        Assert.Equal(["Claimed|0|0|b.txt|b.txt|-"], await TestLedger.AskAsync(ledger, "select state, sending, delivery, upload_name, folded_name, blob_path from mediamagic_assets"));
        await TestLedger.CloseAsync(run);
    }

    // What a process leaves that ends after a create: while it was being sent, or with its outcome.
    private static async Task BeginAsync(string ledger, Delivery? outcome)
    {
        (RunLedger run, BulkFile file) = await TestLedger.SendAsync(ledger);
        if (outcome is Delivery known)
        {
            file.Add(known);
            Assert.Equal(1, await run.AnsweredAsync(file));
        }

        await TestLedger.CloseAsync(run);
    }

    private static async Task<LedgerClaim> TakeOverAsync(string ledger)
    {
        RunLedger run = await TestLedger.OpenAsync(ledger);
        LedgerClaim claim = await run.ClaimAsync(TestLedger.NewFile(1), retryFailed: false);
        await TestLedger.CloseAsync(run);
        return claim;
    }
}
