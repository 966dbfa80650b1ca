using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>The way straight to storage: whole in one request, or in blocks.</summary>
internal sealed class PresignedRoute(UploadJob job)
{
    private const int MaxStarts = 4;

    // Storage takes no more than that in one request.
    private const long MaxPut = 5000L * 1024 * 1024;
    private readonly TransferSession _session = job.Session;

    public async Task<Upload> RunAsync(CancellationToken stop)
    {
        if (job.Source.Length >= _session.Limits.BlocksFrom)
        {
            job.ContinueName();
        }

        for (int start = 1; ; start++)
        {
            try
            {
                return await StartAsync(stop).ConfigureAwait(false);
            }
            catch (BlobMovedException moved)
            {
                if (start == MaxStarts)
                {
                    throw new MediaMagicException(LocalErrors.InvalidResponse("Every new upload address leads to another blob path."), moved);
                }

                job.Meter.Restart();
            }
        }
    }

    private async Task<Upload> StartAsync(CancellationToken stop)
    {
        using Reservations.Claim name = await _session.Paths.ReserveNameAsync(job.FileName, job.File, stop).ConfigureAwait(false);
        using UploadTarget target = await UploadTarget.CreateAsync(job, stop).ConfigureAwait(false);
        using Reservations.Claim path = await _session.Paths.ReservePathAsync(target.BlobPath, job.File, stop).ConfigureAwait(false);
        if (job.Request.Reserve is not null && !await job.Request.Reserve(target.BlobPath).ConfigureAwait(false))
        {
            throw new MediaMagicException(LocalErrors.BlobPathCollision(job.Source.Identity.Path, target.BlobPath));
        }

        StorageCalls calls = new(_session, target, job.Uploads.Observer);
        Upload upload = job.Result(UploadMethod.Presigned, target.BlobPath);
        if (job.Source.Length < _session.Limits.BlocksFrom || !await TryBlocksAsync(upload, calls, path, stop).ConfigureAwait(false))
        {
            FilePart whole = new(job, 0, job.Source.Length);
            ulong crc = job.Digest?.Crc ?? await whole.ReadCrcAsync(stop).ConfigureAwait(false);
            path.Note(crc);
            await calls.RunAsync(StorageOperation.PutBlob(whole, job.ContentType, crc), path, stop).ConfigureAwait(false);
        }

        name.Keep();
        return upload;
    }

    // False when storage takes no blocks.
    private async Task<bool> TryBlocksAsync(Upload upload, StorageCalls calls, Reservations.Claim claim, CancellationToken stop)
    {
        using UploadJournal journal = UploadJournal.Open(job, upload.BlobPath!);
        try
        {
            upload.ResumedBytes = await new BlockUpload(job, calls, journal).RunAsync(claim, stop).ConfigureAwait(false);
            upload.BlockCount = journal.Plan.Count;
            journal.Delete();
            return true;
        }
        catch (BlocksException failure) when (failure.AreLost)
        {
            journal.Delete();
            throw failure.InnerException!;
        }
        catch (BlocksException failure) when (journal.SentBytes == 0)
        {
            journal.Delete();
            if (job.Source.Length > MaxPut)
            {
                MediaMagicException rejection = (MediaMagicException)failure.InnerException!;
                throw new MediaMagicException(LocalErrors.UploadTooLarge(job.Request.Path, MaxPut, rejection.Error), rejection);
            }

            job.Meter.Restart();
            return false;
        }
        catch (BlocksException failure)
        {
            // Storage has accepted blocks there before, so this passes.
            throw failure.InnerException!;
        }
    }
}
