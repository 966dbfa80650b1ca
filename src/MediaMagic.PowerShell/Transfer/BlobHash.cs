namespace MediaMagic.Transfer;

/// <summary>
/// Whether a file that goes in blocks gets an MD5 as a whole. Every block always has its own, which is what
/// storage checks; that of the whole is a note for later readers, and cannot be computed in parallel.
/// </summary>
public enum BlobHash
{
    /// <summary>Where the line is slower than the hash, so that it costs no time.</summary>
    WhenFree,

    /// <summary>Always, even if the upload has to wait for it.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
