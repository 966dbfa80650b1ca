using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>The way straight to storage: whole in one request, or in blocks.</summary>
internal sealed class PresignedRoute(UploadJob job, StorageSender sender)
{
    private const int MostStarts = 4;

    // Storage takes no more than that in one request.
    private const long LargestPut = 5000L * 1024 * 1024;
    private readonly TransferSession _session = job.Session;

    public async Task<Upload> RunAsync(CancellationToken stop)
    {
        for (int start = 1; ; start++)
        {
            try
            {
                return await StartAsync(stop).ConfigureAwait(false);
            }
            catch (BlobMovedException moved)
            {
                if (start == MostStarts)
                {
                    throw new MediaMagicException(LocalErrors.InvalidResponse("Every new upload address leads to another blob path."), moved);
                }

                job.Meter.Restart();
            }
        }
    }

    private async Task<Upload> StartAsync(CancellationToken stop)
    {
        using Reservations.Claim name = await _session.Paths.ReserveNameAsync(job.FileName, job.Source.Identity, stop).ConfigureAwait(false);
        using UploadTarget target = await UploadTarget.CreateAsync(job.Uploads, _session.Clock, job.FileName, job.ContentType, stop).ConfigureAwait(false);
        using Reservations.Claim path = await _session.Paths.ReservePathAsync(target.BlobPath, job.Source.Identity, stop).ConfigureAwait(false);
        if (job.Request.Reserve is not null && !await job.Request.Reserve(target.BlobPath).ConfigureAwait(false))
        {
            throw new MediaMagicException(LocalErrors.BlobPathCollision(job.Source.Identity.Path, target.BlobPath));
        }

        StorageCalls calls = new(_session, sender, target, job.Uploads.Observer);
        Upload upload = job.Result(UploadMethod.Presigned, target.BlobPath);
        if (job.Source.Length <= _session.Limits.SinglePutLimit || !await TryBlocksAsync(upload, calls, path, stop).ConfigureAwait(false))
        {
            upload.ContentMd5 = await PutWholeAsync(calls, path, stop).ConfigureAwait(false);
        }

        if (path.Content is byte[] content)
        {
            name.Note(content);
        }

        name.Keep();
        return upload;
    }

    private async Task<string> PutWholeAsync(StorageCalls calls, Reservations.Claim claim, CancellationToken stop)
    {
        byte[] md5 = await job.HashAsync(stop).ConfigureAwait(false);
        claim.Note(md5);
        StorageOperation put = StorageOperation.PutBlob(
            watch => new PartContent(job.Source, 0, job.Source.Length, new PartLog(job.Meter), watch) { HoldsBackEnd = true, Check = job.Check },
            job.ContentType,
            md5,
            () =>
            {
                if (!PartHash.Compute(job.Source, 0, job.Source.Length, stop).AsSpan().SequenceEqual(md5))
                {
                    throw job.Source.Changed();
                }
            });
        await claim.FillAsync(calls.RunAsync(put, stop)).ConfigureAwait(false);
        return Convert.ToBase64String(md5);
    }

    // False when storage takes no blocks.
    private async Task<bool> TryBlocksAsync(Upload upload, StorageCalls calls, Reservations.Claim claim, CancellationToken stop)
    {
        using BlockState state = BlockState.Open(job, upload.BlobPath!);
        try
        {
            BlockUpload blocks = new(job, calls, state.Plan, state.Blocks, state.SaveAsync);
            upload.ContentMd5 = await blocks.RunAsync(claim, stop).ConfigureAwait(false);
            upload.BlockCount = state.Plan.Count;
            state.Forget();
            return true;
        }
        catch (BlocksRefusedException refused)
        {
            state.Forget();
            if (job.Source.Length > LargestPut)
            {
                MediaMagicException rejection = (MediaMagicException)refused.InnerException!;
                throw new MediaMagicException(LocalErrors.UploadTooLarge(job.Request.Path, LargestPut, rejection.Error), rejection);
            }

            job.Meter.Restart();
            return false;
        }
        catch (BlocksLostException lost)
        {
            state.Forget();
            throw lost.InnerException!;
        }
    }
}
