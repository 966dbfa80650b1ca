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
        using (await _session.Paths.EnterAsync(job.FileName, stop).ConfigureAwait(false))
        {
            _session.Paths.CheckName(job.FileName, job.Source.Identity);
            byte[] md5 = await job.HashAsync(stop).ConfigureAwait(false);
            DirectUpload answer = await SendNotedAsync(md5, stop).ConfigureAwait(false);
            using PathGuard.Claim claim = _session.Paths.Reserve(answer.BlobPath!, job.Source.Identity);
            claim.Note(md5);
            claim.Keep();
            Upload upload = job.Result(UploadMethod.Direct, answer.BlobPath!);
            upload.AdditionalProperties = answer.AdditionalProperties;
            return upload;
        }
    }

    private async Task<DirectUpload> SendNotedAsync(byte[] md5, CancellationToken stop)
    {
        try
        {
            return await SendAsync(stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (_part is { Began: true, Failure: null } && failure is not MediaMagicException { Error.StatusCode: >= 400 and < 500 })
        {
            // It may be there all the same.
            _session.Paths.NoteUnknown(job.FileName, job.Source.Identity, md5);
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
                    ? throw new MediaMagicException(LocalErrors.InvalidResponse("The service did not say where the file lies."))
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
                    throw new MediaMagicException(LocalErrors.Timeout(watch.Limit), late);
                }
            }
        }
    }

    private PartContent NewBody(IdleWatch watch)
    {
        _part?.TakeBack();
        if (_part?.Failure is MediaMagicException failure)
        {
            throw failure;
        }

        _part = new PartLog(job.Meter);
        return new PartContent(job.Source, 0, job.Source.Length, _part, watch) { HoldsBackEnd = true };
    }
}
