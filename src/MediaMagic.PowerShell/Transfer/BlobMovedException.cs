using System;

namespace MediaMagic.Transfer;

/// <summary>The new address leads to another blob, so that the upload starts over; never leaves the transfer.</summary>
#pragma warning disable CA1032, CA1064 // Never seen outside.
internal sealed class BlobMovedException : Exception;
