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
    public int MaxParallelBlocks { get; set; } = BlockPlan.MaxParallel;

    /// <summary>The size of a block; it grows where a file would need more than 50,000.</summary>
    public long BlockSizeBytes { get; set; } = BlockPlan.DefaultBlockSize;

    /// <summary>Gets or sets a folder for journals, by which a later upload of a large file goes on where this one is interrupted; null for none.</summary>
    public string? StateFolder { get; set; }

    /// <summary>Gets or sets a value indicating whether the upload ignores what an earlier one has sent.</summary>
    public bool StartOver { get; set; }

    /// <summary>Gets or sets the content as the caller read it. Another one under the path is refused.</summary>
    internal ContentDigest? Digest { get; set; }

    /// <summary>Gets or sets whether the caller has looked for an unknown create of the file, and settles it or starts over.</summary>
    internal bool SettlesUnknown { get; set; }

    /// <summary>Gets or sets what reserves the blob path before a byte goes there, and tells whether it is free.</summary>
    internal Func<string, Task<bool>>? Reserve { get; set; }

    /// <summary>Gets or sets what is called when the upload has overwritten the blob of another file.</summary>
    internal Func<string, Task>? Overwrote { get; set; }
}
