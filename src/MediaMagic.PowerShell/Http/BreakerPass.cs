namespace MediaMagic.Http;

/// <summary>What an attempt was let through for.</summary>
internal enum BreakerPass
{
    /// <summary>The breaker was closed.</summary>
    Ordinary,

    /// <summary>To see whether the service is back.</summary>
    Probe,
}
