using System;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>A storage request ended without an answer, or after <paramref name="limit"/> without any traffic; never leaves the transfer.</summary>
#pragma warning disable CA1032, CA1064 // Never seen outside.
internal sealed class LostConnectionException(string message, TimeSpan? limit, Exception cause) : Exception(message, cause)
{
    /// <summary>Gets or sets whether anything of the body may have gone out.</summary>
    public bool Sent { get; set; } = true;

    /// <summary>Creates the error for the user.</summary>
    public ApiError ToError(ErrorContext context) => limit is TimeSpan time ? LocalErrors.Timeout(time, context) : LocalErrors.ConnectionFailed(Message, context);
}
