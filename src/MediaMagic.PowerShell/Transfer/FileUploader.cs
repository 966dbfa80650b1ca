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
        if (request.Expected is FileIdentity expected && source.Identity != expected)
        {
            throw source.Changed();
        }

        if (!request.SettlesUnknown && await _session.Unsettled.FindAsync(new KnownFile(source.Identity), anyName: true, stop).ConfigureAwait(false) is string unsettled)
        {
            throw new MediaMagicException(LocalErrors.UploadUnsettled(request.Path, unsettled));
        }

        ProgressMeter meter = new(progress, source.Length, _session.Clock);
        UploadJob job = new(request, _uploads, _session, source, meter);
        Upload upload = await SendAsync(job, stop).ConfigureAwait(false);
        upload.Duration = meter.Elapsed;
        upload.BytesPerSecond = upload.Length / Math.Max(upload.Duration.TotalSeconds, 1e-6);
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

        if (request.MaxParallelBlocks is < 1 or > BlockPlan.MostAllowedParallel)
        {
            throw new ArgumentException($"From 1 to {BlockPlan.MostAllowedParallel} blocks may go at once; {request.MaxParallelBlocks} is not among these.", nameof(request));
        }

        if (request.BlockSizeBytes is < 1 or > BlockPlan.LargestBlockSize)
        {
            throw new ArgumentException($"A block may have from 1 to {BlockPlan.LargestBlockSize} bytes; {request.BlockSizeBytes} is not among these.", nameof(request));
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
                : await SendPresignedAsync(job, stop).ConfigureAwait(false);
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

    private async Task<Upload> SendPresignedAsync(UploadJob job, CancellationToken stop)
    {
        using TransferSession.Lease lease = _session.Connect();
        try
        {
            return await new PresignedRoute(job, new StorageSender(lease.Http, _session.Clock, _session.Limits.IdleTimeout)).RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            lease.Completed = !stop.IsCancellationRequested;
        }
    }
}
