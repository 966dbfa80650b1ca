using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>What was submitted in one create.</summary>
internal sealed class Submission
{
    public Submission(string id, string workspaceId, DateTimeOffset createdAt, CreateRequest request, IReadOnlyList<Asset> assets)
    {
        Id = id;
        WorkspaceId = workspaceId;
        CreatedAt = createdAt;
        SidekickIds = request.SidekickIds;
        SimulationDelay = request.SimulationDelay;
        Assets = assets;
    }

    public string Id { get; }

    public string WorkspaceId { get; }

    public string WorkflowId => "asset-processing-" + Id;

    public DateTimeOffset CreatedAt { get; }

    public IReadOnlyList<string> SidekickIds { get; }

    public TimeSpan SimulationDelay { get; }

    public IReadOnlyList<Asset> Assets { get; }

    public Asset? FindAsset(string assetId) =>
        Assets.FirstOrDefault(asset => string.Equals(asset.Id, assetId, StringComparison.OrdinalIgnoreCase));

    public bool HasEnded(DateTimeOffset now) => Assets.All(asset => asset.Run.HasEnded(now));

    public string Status(DateTimeOffset now)
    {
        if (HasEnded(now))
        {
            return Assets.Any(asset => asset.Run.Fails) ? "failed" : "complete";
        }

        return Assets.All(asset => asset.Run.Status(now) == "submitted") ? "submitted" : "processing";
    }

    public int Progress(DateTimeOffset now) => Assets.Sum(asset => asset.Run.Progress(now)) / Assets.Count;

    public DateTimeOffset? CompletedAt(DateTimeOffset now) => HasEnded(now) ? Assets.Max(asset => asset.Run.EndsAt) : null;

    public string? ErrorMessage(DateTimeOffset now)
    {
        int failed = Assets.Count(asset => asset.HasFailed(now));
        return failed == 0 || !HasEnded(now) ? null : $"{failed} of {Assets.Count} assets failed";
    }
}
