using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Claims files in the ledger, many in one transaction; what others have, or what is done, ends here.</summary>
internal sealed class ClaimStage(BulkContext run, BoundedQueue<BulkFile> files, BoundedQueue<BulkFile> uploads, BoundedQueue<BulkFile[]> waits)
{
    private const int MostTogether = 32;

    public async Task HandleAsync(BulkFile first)
    {
        List<BulkFile> batch = [];
        for (BulkFile? file = first; file is not null; file = batch.Count < MostTogether ? files.TryTake() : null)
        {
            if (run.Enter(file))
            {
                batch.Add(file);
            }
        }

        // In one order everywhere, or two processes might each wait for what the other has just claimed.
        batch.Sort(static (left, right) => string.CompareOrdinal(left.Hash, right.Hash));
        LedgerClaim[] claims = await Task.WhenAll(batch.Select(run.Ledger.ClaimAsync)).ConfigureAwait(false);
        for (int i = 0; i < claims.Length; i++)
        {
            await PassOnAsync(batch[i], claims[i]).ConfigureAwait(false);
        }
    }

    private async Task PassOnAsync(BulkFile file, LedgerClaim claim)
    {
        if (claim.Won)
        {
            file.TakeFrom(claim.Row);
            await uploads.AddAsync(file, run.Stop).ConfigureAwait(false);
            return;
        }

        run.Counts.Spared(file.Length);
        await PassByAsync(run, file, claim.Row, waits).ConfigureAwait(false);
    }

    /// <summary>What a file is to this run that is not its to work on.</summary>
    public static async Task PassByAsync(BulkContext run, BulkFile file, LedgerRow row, BoundedQueue<BulkFile[]> waits)
    {
        file.TakeFrom(row);
        if (row.State == LedgerState.Submitted && run.Options.Wait && row.SubmissionId is not null)
        {
            await waits.AddAsync([file], run.Stop).ConfigureAwait(false);
        }
        else if (row.IsSubmitted)
        {
            run.End(file, SubmitState.Skipped, row.Error);
        }
        else if (row.IsHopeless)
        {
            run.End(file, SubmitState.Failed, row.Error, BulkErrors.Kept(row.Error ?? string.Empty));
        }
        else
        {
            run.End(file, SubmitState.Elsewhere);
        }
    }
}
