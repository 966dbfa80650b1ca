using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;

namespace MediaMagic.Transfer;

/// <summary>One upload while it runs: what was asked, the open file, and who is told.</summary>
internal sealed class UploadJob(UploadRequest request, UploadsClient uploads, TransferSession session, SourceFile source, ProgressMeter meter)
{
    public UploadRequest Request { get; } = request;

    public UploadsClient Uploads { get; } = uploads;

    public TransferSession Session { get; } = session;

    public SourceFile Source { get; } = source;

    public ProgressMeter Meter { get; } = meter;

    /// <summary>Gets what compares the bytes that are sent with those that the caller read; null when the caller has not read any.</summary>
    public ContentCheck? Check { get; } = request.Sums is ulong[] sums ? new ContentCheck(sums, source.Length) : null;

    /// <summary>The name that it goes under.</summary>
    public string FileName { get; } =
        string.IsNullOrEmpty(request.FileName) ? System.IO.Path.GetFileName(source.Identity.Path) : request.FileName!;

    public string ContentType => Request.ContentType;

    /// <summary>The MD5 of the whole file, computed elsewhere.</summary>
    public Task<byte[]> HashAsync(CancellationToken stop) => Task.Run(() => PartHash.Compute(Source, 0, Source.Length, stop), stop);

    /// <summary>The outcome, without its times.</summary>
    public Upload Result(UploadMethod method, string blobPath) => new()
    {
        Path = Request.Path,
        BlobPath = blobPath,
        ContentType = ContentType,
        Length = Source.Length,
        Method = method.ToString(),
    };
}
