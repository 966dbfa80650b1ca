using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>Processes assets in simulated time: a run's end is known when it begins.</summary>
internal sealed class Processing
{
    private const double QueuedShare = 0.1;
    private readonly SimulatorOptions _options;
    private readonly OutcomeRules _outcomes;
    private readonly Agenda _agenda;
    private readonly WebhookHub _webhooks;

    public Processing(SimulatorOptions options, OutcomeRules outcomes, Agenda agenda, WebhookHub webhooks)
    {
        _options = options;
        _outcomes = outcomes;
        _agenda = agenda;
        _webhooks = webhooks;
    }

    public DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    public Asset Begin(AssetIdentity identity, DateTimeOffset now, TimeSpan delay)
    {
        OutcomePlan plan = _outcomes.For(identity.FileName);
        TimeSpan length = Length(plan) + delay;
        TimeSpan queued = TimeSpan.FromTicks((long)(length.Ticks * QueuedShare));
        return new Asset(identity, plan, new AssetRun(0, now, now + queued, now + length, plan.Failures > 0));
    }

    public void Retry(Submission submission, Asset asset)
    {
        DateTimeOffset now = Now;
        string? refusal = asset.TryRetry(now, _options.MaxRetries, number => new AssetRun(
            number, now, now, now + Length(asset.Plan), asset.Plan.Failures > number));
        if (refusal is not null)
        {
            throw new Refusal(409, refusal);
        }

        Watch(submission, [asset]);
    }

    /// <summary>Tells the subscribers when the assets' runs end.</summary>
    public void Watch(Submission submission, IReadOnlyList<Asset> assets)
    {
        foreach (Asset asset in assets)
        {
            AssetRun run = asset.Run;
            _agenda.At(run.EndsAt, () => _webhooks.Announce(WebhookEvent.Finished(submission, asset, run)));
        }
    }

    private TimeSpan Length(OutcomePlan plan) => TimeSpan.FromSeconds(_options.ProcessingSeconds * (plan.IsSlow ? _options.SlowFactor : 1));
}
