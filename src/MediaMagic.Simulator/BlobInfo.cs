using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace MediaMagic.Simulator;

/// <summary>What storage holds under a blob path.</summary>
public sealed class BlobInfo
{
    private const int BufferLength = 128 * 1024;
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

    /// <summary>The MD5 of each part of the content in order, lower-case hexadecimal.</summary>
    public IReadOnlyList<string> PartMd5s => [.. (_content?.Parts ?? []).Select(part => Hex.Lower(part.Md5))];

    /// <summary>How many Put Blob requests it took.</summary>
    public int PutBlobCount { get; }

    /// <summary>How many Put Block requests it took.</summary>
    public int PutBlockCount { get; }

    /// <summary>How many Put Block List requests it took.</summary>
    public int CommitCount { get; }

    /// <summary>How many bytes were received for it, repeats included.</summary>
    public long BytesReceived { get; }

    private string? Hash(HashAlgorithmName algorithm)
    {
        if (_content is null || _content.Parts.Any(part => part.IsDiscarded))
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
        byte[] buffer = new byte[BufferLength];
        foreach (StoredPart part in _content.Parts)
        {
            using Stream stream = part.Open();
            long rest = part.Length;
            int count;
            while (rest > 0 && (count = stream.Read(buffer, 0, (int)Math.Min(rest, buffer.Length))) > 0)
            {
                hash.AppendData(buffer, 0, count);
                rest -= count;
            }
        }

        return Hex.Lower(hash.GetHashAndReset());
    }
}
