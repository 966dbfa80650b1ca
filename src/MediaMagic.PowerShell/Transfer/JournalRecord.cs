using System;

namespace MediaMagic.Transfer;

/// <summary>What a later process needs to take up an upload: no key and no address is among it.</summary>
internal sealed class JournalRecord
{
    public int Version { get; set; }

    public DateTimeOffset SavedAt { get; set; }

    public string? Path { get; set; }

    public long Length { get; set; }

    public DateTime LastWriteUtc { get; set; }

    public string? ContentType { get; set; }

    public string? BlobPath { get; set; }

    public long BlockSize { get; set; }

    /// <summary>What the block ids begin with.</summary>
    public string? Nonce { get; set; }

    /// <summary>The MD5 of every block that storage has, in base64; null for the others.</summary>
    public string?[]? Blocks { get; set; }
}
