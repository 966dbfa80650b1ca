namespace MediaMagic.Simulator;

/// <summary>How the processing of an asset ends.</summary>
public enum SimulatorOutcome
{
    /// <summary>It completes.</summary>
    Complete,

    /// <summary>It fails once and completes after a retry.</summary>
    FailRetryable,

    /// <summary>It fails and cannot be retried.</summary>
    FailPermanent,

    /// <summary>It completes, but takes longer by <see cref="SimulatorOptions.SlowFactor"/>.</summary>
    Slow,
}
