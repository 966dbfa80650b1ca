using System;

namespace MediaMagic.Transfer;

/// <summary>Storage no longer has all blocks that were sent; never leaves the transfer.</summary>
#pragma warning disable CA1032, CA1064 // Never seen outside.
internal sealed class BlocksLostException(MediaMagicException cause) : Exception(cause.Message, cause);
