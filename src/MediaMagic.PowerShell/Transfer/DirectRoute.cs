using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>The way through the service, for small files.</summary>
internal sealed class DirectRoute(UploadJob job)
{
    private readonly TransferSession _session = job.Session;

    public async Task<Upload> RunAsync(CancellationToken stop)
    {
        using Reservations.Claim name = await _session.Paths.ReserveNameAsync(job.FileName, job.File, stop).ConfigureAwait(false);
        FilePart file = new(job, 0, job.Source.Length);
        Task<DirectUpload> sending = job.Uploads.SendDirectAsync(job.FileName, job.ContentType, file.NewBody, () => file.IsSent, _session.Limits.IdleTimeout, stop);
        DirectUpload answer = await name.FillAsync(sending).ConfigureAwait(false);
        await ReserveAsync(answer.BlobPath!, stop).ConfigureAwait(false);
        Upload upload = job.Result(UploadMethod.Direct, answer.BlobPath!);
        upload.AdditionalProperties = answer.AdditionalProperties;
        return upload;
    }

    // The service names the blob only afterwards. If it is one of another file, that file is overwritten.
    private async Task ReserveAsync(string blobPath, CancellationToken stop)
    {
        bool isFree = true;
        try
        {
            using Reservations.Claim path = await _session.Paths.ReservePathAsync(blobPath, job.File, stop).ConfigureAwait(false);
            path.Keep();
        }
        catch (MediaMagicException failure) when (failure.Error.Code == ErrorCode.BlobPathCollision)
        {
            isFree = false;
        }

        isFree &= job.Request.Reserve is null || await job.Request.Reserve(blobPath).ConfigureAwait(false);
        if (!isFree)
        {
            if (job.Request.Overwrote is not null)
            {
                await job.Request.Overwrote(blobPath).ConfigureAwait(false);
            }

            throw new MediaMagicException(LocalErrors.BlobOverwritten(job.Source.Identity.Path, blobPath));
        }
    }
}
