namespace MediaMagic.Http;

/// <summary>How an attempt ended without an answer.</summary>
internal enum AttemptFailure
{
    /// <summary>Nothing was sent.</summary>
    NotSent,

    /// <summary>Nothing was sent, and a repeat would meet the same refusal.</summary>
    TlsRefused,

    /// <summary>Nothing was sent: the session was disconnected.</summary>
    Disconnected,

    /// <summary>It was sent, and the answer did not arrive whole.</summary>
    Lost,

    /// <summary>The answer arrived and is not one that can be read.</summary>
    Unreadable,

    /// <summary>The circuit breaker let nothing through.</summary>
    CircuitOpen,

    /// <summary>The bucket's gate is closed for longer than the caller would wait.</summary>
    GateClosed,
}
