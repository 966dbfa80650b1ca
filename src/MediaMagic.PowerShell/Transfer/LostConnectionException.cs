using System;

namespace MediaMagic.Transfer;

/// <summary>A storage request ended without an answer; never leaves the transfer.</summary>
#pragma warning disable CA1032, CA1064 // Never seen outside.
internal sealed class LostConnectionException(ApiError error, Exception cause) : Exception(error.Message, cause)
{
    public ApiError Error { get; } = error;
}
