namespace MediaMagic.Tests.HostileWorld;

/// <summary>What happens to the attempts to create a submission that come after the chosen ones.</summary>
internal enum Tail
{
    /// <summary>The process is dropped before it sends the next one.</summary>
    Ends,

    /// <summary>They work, and the blob is there.</summary>
    Works,

    /// <summary>They work, and the world chooses whether the blob is still there.</summary>
    Asks,
}
