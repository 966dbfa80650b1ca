namespace MediaMagic.Simulator;

/// <summary>How requests are counted against a rate limit.</summary>
public enum RateLimitMode
{
    /// <summary>One-minute windows per key and bucket, each beginning with its first request.</summary>
    FixedWindow,

    /// <summary>A bucket that holds one minute's requests and refills steadily.</summary>
    TokenBucket,
}
