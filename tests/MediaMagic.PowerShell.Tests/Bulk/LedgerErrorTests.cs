using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>What a ledger keeps of an error, and how a submission ends there.</summary>
public sealed class LedgerErrorTests(PostgresServer postgres) : ServiceTest(postgres)
{
    private const string Stored = "select state, status, asset_id, error_system, error_status, error_code, error_message, error_concern from mediamagic_assets";

    [Theory, SqliteData, PostgresData]
    public async Task FailedAsync_stores_the_service_s_own_words_and_else_the_message(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        BulkFile file = TestLedger.NewFile(1);
        await run.ClaimAsync(file, retryFailed: false);
        await run.FailedAsync(file, NewError(422, "Its own words."));
        Assert.Equal(["Failed|-|-|MediaMagic|422|BadRequest|Its own words.|2"], await TestLedger.AskAsync(ledger, Stored));
        await run.ClaimAsync(file, retryFailed: true);
        await run.FailedAsync(file, NewError(422, null));
        Assert.Equal(["Failed|-|-|MediaMagic|422|BadRequest|The message.|2"], await TestLedger.AskAsync(ledger, Stored));
        await run.ClaimAsync(file, retryFailed: true);
        await run.FailedAsync(file, NewError(null, "Its own words."));
        Assert.Equal(["Failed|-|-|MediaMagic|0|BadRequest|The message.|2"], await TestLedger.AskAsync(ledger, Stored));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task EndedAsync_stores_how_the_submission_ended_and_what_became_of_it(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        BulkFile file = TestLedger.NewFile(1);
        await run.ClaimAsync(file, retryFailed: false);
        (file.SubmissionId, file.AssetId, file.Status) = ("s1", "a1", "submitted");
        Assert.True(await run.SubmittedAsync(file, null));
        (file.AssetId, file.Status) = (null, "failed");
        Assert.Equal(1, await run.EndedAsync(file, LedgerState.Failed, NewError(null, null)));
        Assert.Equal(["Failed|failed|a1|MediaMagic|0|BadRequest|The message.|2"], await TestLedger.AskAsync(ledger, Stored));
        (file.AssetId, file.Status) = ("a2", "complete");
        Assert.Equal(1, await run.EndedAsync(file, LedgerState.Complete, null));
        Assert.Equal(["Complete|complete|a2|-|0|-|-|0"], await TestLedger.AskAsync(ledger, Stored));
        file.SubmissionId = "s2";
        Assert.Equal(0, await run.EndedAsync(file, LedgerState.Failed, null));
        await TestLedger.CloseAsync(run);
    }

    [Theory, SqliteData, PostgresData]
    public async Task IsMine_tells_the_rows_of_this_run(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        RunLedger other = await TestLedger.OpenAsync(ledger);
        await run.ClaimAsync(TestLedger.NewFile(1), retryFailed: false);
        LedgerRow row = (await other.FindAsync(TestLedger.NewFile(1)))!;
        Assert.Equal((true, false), (run.IsMine(row), other.IsMine(row)));
        Assert.Null(await other.FindAsync(TestLedger.NewFile(2)));
        Assert.Null(run.Broken);
        await TestLedger.CloseAsync(run, other);
    }

    [Theory, SqliteData, PostgresData]
    public async Task ReleaseAsync_lets_another_run_take_the_file(Engine engine)
    {
        string ledger = NewLedger(engine);
        RunLedger run = await TestLedger.OpenAsync(ledger);
        RunLedger other = await TestLedger.OpenAsync(ledger);
        BulkFile[] files = [TestLedger.NewFile(1), TestLedger.NewFile(2)];
        foreach (BulkFile file in files)
        {
            Assert.True((await run.ClaimAsync(file, retryFailed: false)).Won);
        }

        Assert.False((await other.ClaimAsync(files[1], retryFailed: false)).Won);
        await run.ReleaseAsync(files);
        Assert.True((await other.ClaimAsync(files[0], retryFailed: false)).Won);
        Assert.True((await other.ClaimAsync(files[1], retryFailed: false)).Won);
        await TestLedger.CloseAsync(run, other);
    }

    private static ApiError NewError(int? status, string? detail) => new(new ErrorFacts
    {
        StatusCode = status,
        Code = ErrorCode.BadRequest,
        Message = "The message.",
        Detail = detail,
        Concern = Concern.Request,
    });
}
