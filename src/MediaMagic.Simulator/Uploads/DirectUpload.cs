using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>The one file of a direct upload.</summary>
internal sealed class DirectUpload : IDisposable
{
    private const int EnvelopeAllowance = 64 * 1024;
    private bool _kept;

    private DirectUpload(string fileName, string contentType, StoredPart part)
    {
        FileName = fileName;
        ContentType = contentType;
        Part = part;
    }

    public string FileName { get; }

    public string ContentType { get; }

    public StoredPart Part { get; }

    public static async Task<DirectUpload> ReceiveAsync(Exchange exchange, BlobStore store, CancellationToken stop)
    {
        string? boundary = PartHeaders.Parameter(exchange.ContentType, "boundary");
        bool multipart = exchange.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;
        if (!multipart || boundary is null)
        {
            throw FieldProblems.One("file", "Field required", "missing");
        }

        if (exchange.ContentLength > FileTypes.DirectLimit + EnvelopeAllowance)
        {
            throw TooLarge();
        }

        MultipartReader reader = new(exchange.Body, boundary);
        await reader.CopyAsync(static (_, _, _) => { }, stop).ConfigureAwait(false);
        long room = exchange.ContentLength < 0 ? FileTypes.DirectLimit : Math.Min(exchange.ContentLength, FileTypes.DirectLimit);
        return await ReadFileAsync(reader, () => store.NewSink(room, ChecksumKinds.Md5, exchange.FlipsByte), stop).ConfigureAwait(false);
    }

    /// <summary>Hands the bytes over to whoever keeps them.</summary>
    public StoredPart Keep()
    {
        _kept = true;
        return Part;
    }

    public void Dispose()
    {
        if (!_kept)
        {
            Part.Delete();
        }
    }

    private static async Task<DirectUpload> ReadFileAsync(MultipartReader reader, Func<PartSink> newSink, CancellationToken stop)
    {
        PartHeaders headers = PartHeaders.Parse(await reader.ReadHeadersAsync(stop).ConfigureAwait(false) ?? string.Empty);
        if (headers.Name != "file" || headers.FileName is null)
        {
            throw FieldProblems.One("file", "Expected one file field named 'file'", "missing");
        }

        using PartSink sink = newSink();
        await reader.CopyAsync(Write, stop).ConfigureAwait(false);
        if (await reader.ReadHeadersAsync(stop).ConfigureAwait(false) is not null)
        {
            throw FieldProblems.One("file", "Expected one file field named 'file' and nothing else", "extra_forbidden");
        }

        return new DirectUpload(headers.FileName, FileTypes.Normalize(headers.ContentType ?? string.Empty), sink.Complete());

        void Write(byte[] buffer, int offset, int count)
        {
            if (sink.Length + count > FileTypes.DirectLimit)
            {
                throw TooLarge();
            }

            sink.Write(buffer, offset, count);
        }
    }

    private static Refusal TooLarge() => new(413, "File too large; use the presigned upload URL");
}
