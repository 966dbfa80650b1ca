using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>A create as asked, already known to be well formed.</summary>
internal sealed class CreateRequest
{
    public CreateRequest(IReadOnlyList<RequestedAsset> assets, IReadOnlyList<string> sidekickIds, TimeSpan simulationDelay)
    {
        Assets = assets;
        SidekickIds = sidekickIds;
        SimulationDelay = simulationDelay;
    }

    public IReadOnlyList<RequestedAsset> Assets { get; }

    public IReadOnlyList<string> SidekickIds { get; }

    public TimeSpan SimulationDelay { get; }
}
