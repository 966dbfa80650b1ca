using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>The committed content of a blob.</summary>
internal sealed class BlobContent
{
    public BlobContent(IReadOnlyList<StoredPart> parts, string? contentType, string? contentMd5)
    {
        Parts = parts;
        ContentType = contentType;
        ContentMd5 = contentMd5;
        Length = parts.Sum(part => part.Length);
    }

    public IReadOnlyList<StoredPart> Parts { get; }

    public string? ContentType { get; }

    /// <summary>The hash that the blob carries as a property, base64.</summary>
    public string? ContentMd5 { get; }

    public long Length { get; }

    /// <summary>The first bytes.</summary>
    public byte[] Head() => Parts.Count == 1 ? Parts[0].Head : [.. Parts.SelectMany(part => part.Head).Take(PartSink.HeadLength)];
}
