using System;
using System.Linq;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Tells of accepted files when the ledger holds them, or passes them on to be waited for.</summary>
internal sealed class AcceptStage(BulkContext run, BoundedQueue<AcceptedFiles> accepted)
{
    /// <summary>Goes on to the end also when the run is cancelled: what is accepted is said to be.</summary>
    public async Task RunAsync()
    {
        while (await accepted.TakeAsync(default).ConfigureAwait(false) is AcceptedFiles group)
        {
            await PassOnAsync(group, await StoredAsync(group).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task<bool[]> StoredAsync(AcceptedFiles group)
    {
        try
        {
            return await group.Stored.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            run.Fail(BulkErrors.Known(failure));
            return [.. group.Files.Select(static _ => true)];
        }
    }

    private async Task PassOnAsync(AcceptedFiles group, bool[] counts)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            if (!counts[i])
            {
                await run.EndOverwrittenAsync(group.Files[i]).ConfigureAwait(false);
            }
        }

        BulkFile[] files = [.. group.Files.Where((_, index) => counts[index])];
        if (files.Length > 0)
        {
            await PassOnAsync(files, group.Note).ConfigureAwait(false);
        }
    }

    private async Task PassOnAsync(BulkFile[] files, string? note)
    {
        if (run.Options.Wait && files[0].SubmissionId is not null && !run.Stop.IsCancellationRequested)
        {
            try
            {
                await run.Waits.AddAsync(files, run.Stop).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException)
            {
                // Told as they are.
            }
        }

        foreach (BulkFile file in files)
        {
            run.End(file, SubmitState.Submitted, note);
        }
    }
}
