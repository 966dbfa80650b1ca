using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>A submitted file.</summary>
internal sealed class Asset
{
    private readonly object _gate = new();
    private volatile AssetRun _run;
    private IReadOnlyList<Issue>? _issues;

    public Asset(AssetIdentity identity, OutcomePlan plan, AssetRun run)
    {
        Identity = identity;
        Plan = plan;
        _run = run;
    }

    public AssetIdentity Identity { get; }

    public string Id => Identity.Id;

    public OutcomePlan Plan { get; }

    public AssetRun Run => _run;

    public bool IsComplete(DateTimeOffset now) => Run is AssetRun run && run.HasEnded(now) && !run.Fails;

    public bool HasFailed(DateTimeOffset now) => Run is AssetRun run && run.HasEnded(now) && run.Fails;

    public bool CanRetry(DateTimeOffset now, int maxRetries) => HasFailed(now) && Plan.IsRetryable && Run.Number < maxRetries;

    public string? ErrorType(DateTimeOffset now) =>
        !HasFailed(now) ? null : Plan.IsRetryable ? "processing_timeout" : "unprocessable_media";

    public string? ErrorMessage(DateTimeOffset now) => !HasFailed(now)
        ? null
        : Plan.IsRetryable ? "Processing timed out before the asset was analysed" : "The asset could not be decoded";

    /// <summary>The findings of a complete asset.</summary>
    public IReadOnlyList<Issue> Issues(IReadOnlyList<string> sidekicks)
    {
        lock (_gate)
        {
            return _issues ??= IssueFactory.Create(Identity, sidekicks, Run.EndsAt);
        }
    }

    /// <summary>Begins the next run, or says why it cannot.</summary>
    public string? TryRetry(DateTimeOffset now, int maxRetries, Func<int, AssetRun> next)
    {
        lock (_gate)
        {
            AssetRun run = _run;
            if (!run.HasEnded(now))
            {
                return run.Number > 0 ? "A retry is already in progress for this asset" : "Asset has not failed";
            }

            if (!run.Fails)
            {
                return "Asset has not failed";
            }

            if (!Plan.IsRetryable)
            {
                return "Asset is not retryable: its last error is permanent";
            }

            if (run.Number >= maxRetries)
            {
                return $"Asset is not retryable: all {maxRetries} attempts are used up";
            }

            _run = next(run.Number + 1);
            return null;
        }
    }
}
