namespace MediaMagic.Errors;

/// <summary>One row of <see cref="StatusTable"/>: what an error means for retries, the circuit breaker and a bulk run.</summary>
/// <param name="System">The system that reports the error.</param>
/// <param name="Status">The HTTP status; 4 and 5 stand for the other statuses of their class, and 0 stands for no status.</param>
/// <param name="Code">The error code.</param>
/// <param name="Category">The name of the PowerShell error category.</param>
/// <param name="Concern">What the error is about.</param>
internal sealed record StatusRule(string System, int Status, string Code, string Category, Concern Concern)
{
    /// <summary>Gets which requests may be sent again.</summary>
    public Repeat Repeat { get; init; }

    /// <summary>Gets a value indicating whether any request may succeed later.</summary>
    public bool IsRetryable => Repeat == Repeat.Any;

    /// <summary>Gets a value indicating whether the circuit breaker counts the answer as a failure of the service.</summary>
    public bool IsOutage { get; init; }

    /// <summary>Gets the only endpoints the row applies to; empty for all.</summary>
    public ApiEndpoint[] Endpoints { get; init; } = [];
}
