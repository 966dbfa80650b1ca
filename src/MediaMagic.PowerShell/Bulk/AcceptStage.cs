using System;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Tells of accepted files when the ledger holds them, or passes them on to be waited for.</summary>
internal sealed class AcceptStage(BulkContext run, BoundedQueue<AcceptedFiles> accepted, BoundedQueue<BulkFile[]> waits)
{
    /// <summary>Goes on to the end also when the run is cancelled: what is accepted is said to be.</summary>
    public async Task RunAsync()
    {
        while (await accepted.TakeAsync(default).ConfigureAwait(false) is AcceptedFiles group)
        {
            try
            {
                await group.Stored.ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                run.Fail(BulkErrors.Known(failure));
            }

            await PassOnAsync(group).ConfigureAwait(false);
        }
    }

    private async Task PassOnAsync(AcceptedFiles group)
    {
        if (run.Options.Wait && group.Files[0].SubmissionId is not null && !run.Stop.IsCancellationRequested)
        {
            try
            {
                await waits.AddAsync(group.Files, run.Stop).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException)
            {
                // Told as they are.
            }
        }

        foreach (BulkFile file in group.Files)
        {
            run.End(file, SubmitState.Submitted, group.Note);
        }
    }
}
