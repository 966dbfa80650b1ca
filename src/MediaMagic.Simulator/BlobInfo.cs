using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace MediaMagic.Simulator;

/// <summary>What storage holds under a blob path.</summary>
public sealed class BlobInfo
{
    private readonly BlobContent? _content;

    internal BlobInfo(StoredBlob blob)
    {
        _content = blob.Content;
        BlobPath = blob.Path;
        PutBlobCount = blob.PutBlobCount;
        PutBlockCount = blob.PutBlockCount;
        CommitCount = blob.CommitCount;
        BytesReceived = blob.BytesReceived;
    }

    /// <summary>The blob path.</summary>
    public string BlobPath { get; }

    /// <summary>Whether content was committed, not only blocks uploaded.</summary>
    public bool Exists => _content is not null;

    /// <summary>The length of the committed content.</summary>
    public long Length => _content?.Length ?? 0;

    /// <summary>The content type that the upload declared.</summary>
    public string? ContentType => _content?.ContentType;

    /// <summary>The MD5 that the blob carries as its property, base64: as declared, or computed by Put Blob.</summary>
    public string? DeclaredMd5 => _content?.ContentMd5;

    /// <summary>The MD5 of the content in lower-case hexadecimal, computed when read; null for discarded blocks.</summary>
    public string? ContentMd5 => _content?.Parts.Count == 1 ? Hex.Lower(_content.Parts[0].Md5) : Hash(HashAlgorithmName.MD5);

    /// <summary>The SHA-256 of the content in lower-case hexadecimal, computed when read; null when the bytes were discarded.</summary>
    public string? Sha256 => Hash(HashAlgorithmName.SHA256);

    /// <summary>The MD5 of each part of the content in order, lower-case hexadecimal, computed when read unless the request or its answer had it.</summary>
    public IReadOnlyList<string> PartMd5s => [.. (_content?.Parts ?? []).Select(part => Hex.Lower(part.Md5))];

    /// <summary>How many Put Blob requests it took.</summary>
    public int PutBlobCount { get; }

    /// <summary>How many Put Block requests it took.</summary>
    public int PutBlockCount { get; }

    /// <summary>How many Put Block List requests it took.</summary>
    public int CommitCount { get; }

    /// <summary>How many bytes were received for it, repeats included.</summary>
    public long BytesReceived { get; }

    /// <summary>Gets the parts of the content whose MD5 was computed while they arrived.</summary>
    internal int HashedPartCount => _content?.Parts.Count(part => part.Checksums.Md5 is not null) ?? 0;

    private string? Hash(HashAlgorithmName algorithm)
    {
        if (_content is null || _content.Parts.Any(part => part.IsDiscarded))
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
        foreach (StoredPart part in _content.Parts)
        {
            part.AppendTo(hash);
        }

        return Hex.Lower(hash.GetHashAndReset());
    }
}
