namespace MediaMagic.Simulator;

/// <summary>What will become of an asset.</summary>
internal sealed class OutcomePlan
{
    public OutcomePlan(bool isSlow, int failures, bool isRetryable)
    {
        IsSlow = isSlow;
        Failures = failures;
        IsRetryable = isRetryable;
    }

    public bool IsSlow { get; }

    /// <summary>How many times processing fails before it completes.</summary>
    public int Failures { get; }

    public bool IsRetryable { get; }

    public static OutcomePlan Of(SimulatorOutcome outcome) => outcome switch
    {
        SimulatorOutcome.FailRetryable => new OutcomePlan(false, 1, true),
        SimulatorOutcome.FailPermanent => new OutcomePlan(false, int.MaxValue, false),
        SimulatorOutcome.Slow => new OutcomePlan(true, 0, false),
        _ => new OutcomePlan(false, 0, false),
    };
}
