using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>Uploads files of any size; safe to share between threads.</summary>
public sealed class FileUploader
{
    private readonly UploadsClient _uploads;
    private readonly TransferSession _session;

    internal FileUploader(UploadsClient uploads, TransferSession session)
    {
        _uploads = uploads;
        _session = session;
    }

    /// <summary>Uploads one file; the blob holds all of it, unchanged, or nothing of it.</summary>
    public async Task<Upload> UploadAsync(UploadRequest request, IProgress<UploadProgress>? progress = null, CancellationToken stop = default)
    {
        Check(request);
        stop.ThrowIfCancellationRequested();
        using SourceFile source = SourceFile.Open(request.Path);
        ProgressMeter meter = new(progress, source.Length, _session.Clock);
        ContentDigest? digest = request.Digest;
        if (digest is not null && source.Identity != digest.Identity)
        {
            throw source.Changed();
        }

        if (digest is null && source.Length <= _session.Limits.MaxIdentified)
        {
            digest = await Task.Run(() => ContentDigest.Of(source, stop), stop).ConfigureAwait(false);
        }

        UploadJob job = new(request, _uploads, _session, source, digest, meter);
        if (!request.SettlesUnknown && await _session.Unsettled.FindAsync(job.File, anyName: true, stop).ConfigureAwait(false) is string unsettled)
        {
            throw new MediaMagicException(LocalErrors.UploadUnsettled(request.Path, unsettled));
        }

        Upload upload = await SendAsync(job, stop).ConfigureAwait(false);
        upload.Duration = meter.Elapsed;
        upload.BytesPerSecond = (upload.Length - upload.ResumedBytes) / Math.Max(upload.Duration.TotalSeconds, 1e-6);
        meter.Finish();
        return upload;
    }

    private static void Check(UploadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrEmpty(request.Path))
        {
            throw new ArgumentException("The path must not be empty.", nameof(request));
        }

        if (string.IsNullOrWhiteSpace(request.ContentType))
        {
            throw new ArgumentException("The content type must not be empty.", nameof(request));
        }

        if (request.MaxParallelBlocks is < 1 or > BlockPlan.MaxAllowedParallel)
        {
            throw new ArgumentException($"From 1 to {BlockPlan.MaxAllowedParallel} blocks may go at once; {request.MaxParallelBlocks} is not among these.", nameof(request));
        }

        if (request.BlockSizeBytes is < 1 or > BlockPlan.MaxBlockSize)
        {
            throw new ArgumentException($"A block may have from 1 to {BlockPlan.MaxBlockSize} bytes; {request.BlockSizeBytes} is not among these.", nameof(request));
        }
    }

    private async Task<Upload> SendAsync(UploadJob job, CancellationToken stop)
    {
        try
        {
            if (job.Request.Method == UploadMethod.Direct)
            {
                return await new DirectRoute(job).RunAsync(stop).ConfigureAwait(false);
            }

            return job.Request.Method == UploadMethod.Auto && job.Source.Length <= _session.Limits.DirectLimit && FoldedName.IsPlain(job.FileName) && await TryDirectAsync(job, stop).ConfigureAwait(false) is Upload upload
                ? upload
                : await new PresignedRoute(job).RunAsync(stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (stop.IsCancellationRequested && failure is not OperationCanceledException)
        {
            throw new OperationCanceledException("The upload was cancelled.", failure, stop);
        }
    }

    // Null when the service finds the file too large for this way.
    private static async Task<Upload?> TryDirectAsync(UploadJob job, CancellationToken stop)
    {
        try
        {
            return await new DirectRoute(job).RunAsync(stop).ConfigureAwait(false);
        }
        catch (MediaMagicException failure) when (failure.Error.StatusCode == 413)
        {
            job.Meter.Restart();
            return null;
        }
    }
}
