namespace MediaMagic;

/// <summary>Whether the circuit breaker lets requests through.</summary>
public enum BreakerState
{
    /// <summary>Requests go through.</summary>
    Closed,

    /// <summary>Requests fail at once.</summary>
    Open,

    /// <summary>One request is let through to see whether the service is back.</summary>
    HalfOpen,

    /// <summary>There is no breaker.</summary>
    Off,
}
