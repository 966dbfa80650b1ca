using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>The way through the service, for small files.</summary>
internal sealed class DirectRoute(UploadJob job)
{
    private readonly TransferSession _session = job.Session;
    private PartLog? _part;

    public async Task<Upload> RunAsync(CancellationToken stop)
    {
        using Reservations.Claim name = await _session.Paths.ReserveNameAsync(job.FileName, job.Source.Identity, stop).ConfigureAwait(false);
        byte[] md5 = await job.HashAsync(stop).ConfigureAwait(false);
        name.Note(md5);
        DirectUpload answer = await SendNotedAsync(name, stop).ConfigureAwait(false);
        name.Keep();
        await ReserveAsync(answer.BlobPath!, md5, stop).ConfigureAwait(false);
        Upload upload = job.Result(UploadMethod.Direct, answer.BlobPath!);
        upload.AdditionalProperties = answer.AdditionalProperties;
        return upload;
    }

    // The service names the blob only afterwards. If it is one of another file, that file is overwritten.
    private async Task ReserveAsync(string blobPath, byte[] md5, CancellationToken stop)
    {
        bool isFree = true;
        try
        {
            using Reservations.Claim path = await _session.Paths.ReservePathAsync(blobPath, job.Source.Identity, stop).ConfigureAwait(false);
            path.Note(md5);
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

    private async Task<DirectUpload> SendNotedAsync(Reservations.Claim name, CancellationToken stop)
    {
        try
        {
            return await SendAsync(stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (_part is { Began: true, Failure: null } && failure is not MediaMagicException { Error.Delivery: Delivery.Rejected or Delivery.NotSent })
        {
            // It may be there all the same.
            name.Keep();
            throw;
        }
    }

    private async Task<DirectUpload> SendAsync(CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            using IdleWatch watch = new(_session.Clock, _session.Limits.IdleTimeout, armed: false, stop);
            try
            {
                DirectUpload answer = await job.Uploads
                    .SendDirectAsync(job.FileName, job.ContentType, () => NewBody(watch), Timeout.InfiniteTimeSpan, watch.Token).ConfigureAwait(false);
                return string.IsNullOrEmpty(answer.BlobPath)
                    ? throw new MediaMagicException(LocalErrors.InvalidResponse("The service did not say where the file lies.", context: LostAfter(attempt)))
                    : answer;
            }
            catch (Exception failure) when (_part?.Failure is MediaMagicException local && failure != local)
            {
                throw local;
            }
            catch (OperationCanceledException late) when (watch.Tripped && !stop.IsCancellationRequested)
            {
                if (attempt >= _session.MaxApiAttempts)
                {
                    throw new MediaMagicException(LocalErrors.Timeout(watch.Limit, LostAfter(attempt)), late);
                }
            }
        }
    }

    // The bytes may have arrived, and no answer says where they are.
    private static ErrorContext LostAfter(int attempts) => new()
    {
        Endpoint = ApiEndpoint.UploadDirect,
        Method = "POST",
        Call = new CallOutcome(RequestSafety.Idempotent, Delivery.Unknown, attempts, attempts, []),
    };

    private PartContent NewBody(IdleWatch watch)
    {
        _part?.TakeBack();
        if (_part?.Failure is MediaMagicException failure)
        {
            throw failure;
        }

        _part = new PartLog(job.Meter);
        return new PartContent(job.Source, 0, job.Source.Length, _part, watch) { HoldsBackEnd = true, Check = job.Check };
    }
}
