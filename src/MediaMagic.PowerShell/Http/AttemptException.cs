using System;

namespace MediaMagic.Http;

/// <summary>Carries the end of an attempt without an answer through the pipeline; never leaves it.</summary>
#pragma warning disable CA1032, CA1064 // Never seen outside the pipeline.
internal sealed class AttemptException(AttemptFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public AttemptFailure Failure { get; } = failure;

    /// <summary>How many failures in a row opened the breaker.</summary>
    public int Failures { get; init; }

    /// <summary>When it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
