using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>The blob path that an upload goes to, and the address that is good for it now.</summary>
internal sealed class UploadTarget(UploadJob job, PresignedUpload first) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private UploadUrl _url = UrlOf(first, job);
    private int _futile;

    public string BlobPath { get; } = first.BlobPath!;

    /// <summary>Asks the service where the file may go.</summary>
    public static async Task<UploadTarget> CreateAsync(UploadJob job, CancellationToken stop) =>
        new(job, await AskAsync(job, stop).ConfigureAwait(false));

    /// <summary>An address that is good for a while.</summary>
    public async Task<UploadUrl> UrlAsync(CancellationToken stop)
    {
        UploadUrl url = Volatile.Read(ref _url);
        if (url.IsOld(job.Session.Clock))
        {
            await ReplaceAsync(url, refused: false, stop).ConfigureAwait(false);
        }

        return Volatile.Read(ref _url);
    }

    /// <summary>Replaces the address, once for all who ask; false when it and its predecessor never served at all.</summary>
    public async Task<bool> ReplaceAsync(UploadUrl old, bool refused, CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _url) != old)
            {
                return true;
            }

            if (refused)
            {
                _futile = old.Worked ? 0 : _futile + 1;
            }

            if (_futile > 1)
            {
                return false;
            }

            PresignedUpload answer = await AskAsync(job, stop).ConfigureAwait(false);
            UploadUrl url = UrlOf(answer, job);
            if (answer.BlobPath != BlobPath)
            {
                throw new BlobMovedException();
            }

            Volatile.Write(ref _url, url);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static Task<PresignedUpload> AskAsync(UploadJob job, CancellationToken stop) => job.Uploads.CreateUrlAsync(job.FileName, job.ContentType, stop);

    private static UploadUrl UrlOf(PresignedUpload answer, UploadJob job)
    {
        if (string.IsNullOrEmpty(answer.BlobPath) || UriText.Parse(answer.UploadUrl) is not Uri address)
        {
            throw new MediaMagicException(LocalErrors.InvalidResponse("The service gave no upload address."));
        }

        if (UploadAddress.Problem(address, job.Uploads.BaseUri) is string problem)
        {
            throw new MediaMagicException(LocalErrors.InvalidResponse($"The service gave an upload address that {problem}."));
        }

        return new UploadUrl(address, job.Session.Clock.GetTimestamp(), answer.ExpiresAt - job.Session.Clock.GetUtcNow());
    }
}
