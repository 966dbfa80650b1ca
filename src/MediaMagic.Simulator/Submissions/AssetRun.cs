using System;

namespace MediaMagic.Simulator;

/// <summary>One processing of an asset: when it begins and ends, and whether it fails.</summary>
internal sealed class AssetRun
{
    public AssetRun(int number, DateTimeOffset startedAt, DateTimeOffset worksFrom, DateTimeOffset endsAt, bool fails)
    {
        Number = number;
        StartedAt = startedAt;
        WorksFrom = worksFrom;
        EndsAt = endsAt;
        Fails = fails;
    }

    /// <summary>0 for the first, then the number of the retry.</summary>
    public int Number { get; }

    public DateTimeOffset StartedAt { get; }

    public DateTimeOffset WorksFrom { get; }

    public DateTimeOffset EndsAt { get; }

    public bool Fails { get; }

    public bool HasEnded(DateTimeOffset now) => now >= EndsAt;

    public string Status(DateTimeOffset now) =>
        HasEnded(now) ? (Fails ? "failed" : "complete") : now < WorksFrom ? "submitted" : "processing";

    public int Progress(DateTimeOffset now) =>
        HasEnded(now) ? 100 : (int)Math.Max(0, Math.Min(99, 100 * (now - StartedAt).Ticks / Math.Max(1, (EndsAt - StartedAt).Ticks)));
}
