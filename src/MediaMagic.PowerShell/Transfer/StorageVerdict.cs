namespace MediaMagic.Transfer;

/// <summary>What an answer of storage means for the upload.</summary>
internal enum StorageVerdict
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>Try again in a while.</summary>
    Retry,

    /// <summary>The address is no longer good.</summary>
    Expired,

    /// <summary>Other bytes arrived than were sent.</summary>
    Mismatch,

    /// <summary>The answer has no checksum of what arrived, or storage rejects the header of a checksum.</summary>
    Unchecked,

    /// <summary>Blocks that had been sent are gone.</summary>
    BlocksLost,

    /// <summary>This address takes no blocks.</summary>
    BlocksRefused,

    /// <summary>It will not work.</summary>
    Failed,
}
