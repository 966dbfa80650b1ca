using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>Ledgers of version 1.</summary>
public sealed class LedgerVersionTests(PostgresServer postgres) : ServiceTest(postgres)
{
    [Theory, SqliteData, PostgresData]
    public async Task A_ledger_of_the_first_version_is_gone_on_with(Engine engine)
    {
        string ledger = NewLedger(engine);
        await OldLedger.WriteAsync(ledger, 1, OldLedger.Row(1, "Submitted", blob: "w1/file01.txt", submission: "s1"), OldLedger.Row(2, "Submitting", blob: "w1/file02.txt", unclear: 1));
        Assert.Equal(["s1", null], (await ReadAsync(ledger)).Select(static entry => entry.SubmissionId));

        // The first to open it updates it, and the others wait for that.
        RunLedger[] runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TestLedger.OpenAsync(ledger)));
        LedgerClaim done = await ClaimAsync(runs[0], TestLedger.NewFile(1));
        Assert.Equal((false, LedgerState.Submitted, Delivery.Accepted, "s1"), (done.Won, done.Row.State, done.Row.Delivery, done.Row.SubmissionId));
        LedgerClaim begun = await ClaimAsync(runs[1], TestLedger.NewFile(2));
        Assert.Equal((true, LedgerState.Submitting, Delivery.Unknown, "w1/file02.txt", true), (begun.Won, begun.Row.State, begun.Row.Delivery, begun.Row.BlobPath, begun.Row.IsUploaded));
        LedgerClaim other = await ClaimAsync(runs[2], TestLedger.NewFile(3, "FILE01.txt"));
        Assert.Equal((true, $"FILE01-{TestLedger.HashOf(3)[..8]}.txt"), (other.Won, other.Row.UploadName));
        Assert.False((await ClaimAsync(runs[3], TestLedger.NewFile(2))).Won);
        await TestLedger.CloseAsync(runs);

        List<LedgerEntry> entries = await ReadAsync(ledger);
        Assert.Equal(3, entries.Count);
        Assert.All(entries, static entry => Assert.Equal(TestLedger.Workspace, entry.Workspace));

        // An older module that still runs finds no table to work on.
        await Assert.ThrowsAnyAsync<DbException>(() => TestLedger.ExecuteAsync(ledger, "delete from mediamagic_files"));
    }

    private static Task<LedgerClaim> ClaimAsync(RunLedger run, BulkFile file) => run.ClaimAsync(file, retryFailed: false);
}
