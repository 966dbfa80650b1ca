using System;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>What to upload, and how.</summary>
public sealed class UploadRequest
{
    /// <summary>The file.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>Its content type.</summary>
    public string ContentType { get; set; } = string.Empty;

    /// <summary>The name to upload it under; none: its own.</summary>
    public string? FileName { get; set; }

    /// <summary>The way it goes.</summary>
    public UploadMethod Method { get; set; }

    /// <summary>How many blocks may be under way at once; fewer are when more do not help.</summary>
    public int MaxParallelBlocks { get; set; } = BlockPlan.MostParallel;

    /// <summary>The size of a block; it grows where a file would need more than 50,000.</summary>
    public long BlockSizeBytes { get; set; } = BlockPlan.DefaultBlockSize;

    /// <summary>A folder for what a later process needs to take up the upload where this one ends; none: it starts over.</summary>
    public string? StateFolder { get; set; }

    /// <summary>Whether a file that goes in blocks gets an MD5 as a whole.</summary>
    public BlobHash BlobHash { get; set; }

    /// <summary>The file as the caller knows it; another one under its path is refused.</summary>
    internal FileIdentity? Expected { get; set; }

    /// <summary>Gets or sets the CRC64 of each 4 MiB, as the caller read the file.</summary>
    internal ulong[]? Sums { get; set; }

    /// <summary>Gets or sets whether the caller has looked for an unknown create of the file, and settles it or starts over.</summary>
    internal bool SettlesUnknown { get; set; }

    /// <summary>Gets or sets what reserves the blob path before a byte goes there, and tells whether it is free.</summary>
    internal Func<string, Task<bool>>? Reserve { get; set; }

    /// <summary>Gets or sets what is called when the upload has overwritten the blob of another file.</summary>
    internal Func<string, Task>? Overwrote { get; set; }
}
