using MediaMagic.Client;

namespace MediaMagic.Transfer;

/// <summary>One upload while it runs: the request, the open file and its content as far as it is known.</summary>
internal sealed class UploadJob(UploadRequest request, UploadsClient uploads, TransferSession session, SourceFile source, ContentDigest? digest, ProgressMeter meter)
{
    public UploadRequest Request { get; } = request;

    public UploadsClient Uploads { get; } = uploads;

    public TransferSession Session { get; } = session;

    public SourceFile Source { get; } = source;

    /// <summary>Gets the content that was read before the upload; null for a large file that the caller has not read.</summary>
    public ContentDigest? Digest { get; } = digest;

    /// <summary>Gets the file as the session knows files.</summary>
    public KnownFile File { get; } = new(source.Identity, digest?.Hash, digest?.Crc);

    public ProgressMeter Meter { get; } = meter;

    /// <summary>Gets what compares the bytes that are sent with the digest.</summary>
    public ContentCheck? Check { get; } = digest is null ? null : new ContentCheck(digest.Sums, source.Length);

    /// <summary>Gets the name of the upload.</summary>
    public string FileName { get; private set; } = string.IsNullOrEmpty(request.FileName) ? System.IO.Path.GetFileName(source.Identity.Path) : request.FileName!;

    public string ContentType => Request.ContentType;

    /// <summary>Takes the name under which an interrupted upload of the file began, if the caller asks for no other.</summary>
    public void ContinueName()
    {
        if (string.IsNullOrEmpty(Request.FileName) && !Request.StartOver)
        {
            FileName = UploadJournal.NameOf(this) ?? FileName;
        }
    }

    /// <summary>Fails if the file is no longer the one that was opened, or the bytes sent are not those that were checked.</summary>
    public void CheckUnchanged()
    {
        Source.CheckUnchanged();
        if (Check is { IsSame: false })
        {
            throw Source.Changed();
        }
    }

    /// <summary>Creates the result, without its times.</summary>
    public Upload Result(UploadMethod method, string blobPath) => new()
    {
        Path = Request.Path,
        BlobPath = blobPath,
        ContentType = ContentType,
        Length = Source.Length,
        Method = method.ToString(),
    };
}
