using System;

namespace MediaMagic.Transfer;

/// <summary>Storage rejects blocks, or has lost them. Never leaves the transfer.</summary>
#pragma warning disable CA1032, CA1064 // Never seen outside.
internal sealed class BlocksException(StorageVerdict verdict, MediaMagicException cause) : Exception(cause.Message, cause)
{
    public bool AreLost => verdict == StorageVerdict.BlocksLost;
}
