using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Claims files in the ledger, many in one transaction; what others have, or what is done, ends here.</summary>
internal sealed class ClaimStage(BulkContext run, BoundedQueue<BulkFile> files, BoundedQueue<BulkFile> uploads)
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
        LedgerClaim[] claims = await Task.WhenAll(batch.Select(file => run.Ledger.ClaimAsync(file, run.Options.RetryFailed))).ConfigureAwait(false);
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
        await run.PassByAsync(file, claim.Row).ConfigureAwait(false);
    }
}
