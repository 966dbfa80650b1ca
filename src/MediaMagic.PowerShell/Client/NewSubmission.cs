using System;
using System.Collections;
using System.Collections.Generic;

namespace MediaMagic.Client;

/// <summary>A submission to create.</summary>
public sealed class NewSubmission
{
    /// <summary>A submission without assets yet.</summary>
    public NewSubmission()
    {
    }

    /// <summary>A submission of the uploaded files.</summary>
    public NewSubmission(params string[] blobPaths)
    {
        ArgumentNullException.ThrowIfNull(blobPaths);
        foreach (string path in blobPaths)
        {
            Assets.Add(new NewAsset { BlobPath = path });
        }
    }

    internal NewSubmission(IEnumerable<NewAsset> assets) => Assets = [.. assets];

    /// <summary>Its assets; at least one.</summary>
    public IList<NewAsset> Assets { get; } = [];

    /// <summary>The sidekicks to ask; null leaves it to the service, an empty list asks none.</summary>
    public Guid[]? SidekickIds { get; set; }

    /// <summary>Anything to keep with it.</summary>
    public IDictionary? Metadata { get; set; }

    /// <summary>How long a sandbox takes over it, from 0 to 30 seconds; sandbox keys only.</summary>
    public double? SimulationDelaySeconds { get; set; }

    /// <summary>Whether to submit blob paths that this session submitted before.</summary>
    public bool Force { get; set; }

    /// <summary>Gets what became of earlier creates of the same assets, in this process or another.</summary>
    internal Delivery Before { get; init; }
}
