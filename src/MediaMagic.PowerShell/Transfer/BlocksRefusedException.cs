using System;

namespace MediaMagic.Transfer;

/// <summary>Storage takes no blocks here, so that the file goes in one request; never leaves the transfer.</summary>
#pragma warning disable CA1032, CA1064 // Never seen outside.
internal sealed class BlocksRefusedException(MediaMagicException cause) : Exception(cause.Message, cause);
