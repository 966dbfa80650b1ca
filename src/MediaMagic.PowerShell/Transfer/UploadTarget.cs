using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>Where an upload goes: one blob path, and the address that is good for it now.</summary>
internal sealed class UploadTarget : IDisposable
{
    private readonly UploadsClient _uploads;
    private readonly TimeProvider _clock;
    private readonly string _fileName;
    private readonly string _contentType;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private UploadUrl _url;
    private int _futile;

    private UploadTarget(UploadsClient uploads, TimeProvider clock, string fileName, string contentType, string blobPath, UploadUrl url)
    {
        _uploads = uploads;
        _clock = clock;
        _fileName = fileName;
        _contentType = contentType;
        BlobPath = blobPath;
        _url = url;
    }

    public string BlobPath { get; }

    /// <summary>Asks the service where the file may go.</summary>
    public static async Task<UploadTarget> CreateAsync(UploadsClient uploads, TimeProvider clock, string fileName, string contentType, CancellationToken stop)
    {
        (string blobPath, UploadUrl url) = await AskAsync(uploads, clock, fileName, contentType, stop).ConfigureAwait(false);
        return new UploadTarget(uploads, clock, fileName, contentType, blobPath, url);
    }

    /// <summary>An address that is good for a while.</summary>
    public async Task<UploadUrl> UrlAsync(CancellationToken stop)
    {
        UploadUrl url = Volatile.Read(ref _url);
        if (url.IsOld(_clock))
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

            (string blobPath, UploadUrl url) = await AskAsync(_uploads, _clock, _fileName, _contentType, stop).ConfigureAwait(false);
            if (blobPath != BlobPath)
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

    private static async Task<(string BlobPath, UploadUrl Url)> AskAsync(
        UploadsClient uploads, TimeProvider clock, string fileName, string contentType, CancellationToken stop)
    {
        PresignedUpload answer = await uploads.CreateUrlAsync(fileName, contentType, stop).ConfigureAwait(false);
        if (string.IsNullOrEmpty(answer.BlobPath) || UriText.Parse(answer.UploadUrl) is not Uri address)
        {
            throw new MediaMagicException(LocalErrors.InvalidResponse("The service gave no upload address."));
        }

        if (UploadAddress.Problem(address, uploads.BaseUri) is string problem)
        {
            throw new MediaMagicException(LocalErrors.InvalidResponse($"The service gave an upload address that {problem}."));
        }

        return (answer.BlobPath!, new UploadUrl(address, clock.GetTimestamp(), answer.ExpiresAt - clock.GetUtcNow()));
    }
}
