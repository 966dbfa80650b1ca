using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>Issues that belong together.</summary>
public sealed class Topic
{
    /// <summary>The topic's id.</summary>
    public string? Id { get; set; }

    /// <summary>What it is about.</summary>
    public string? Title { get; set; }

    /// <summary>The same at more length.</summary>
    public string? Summary { get; set; }

    /// <summary>Its issues.</summary>
    public Issue[] Issues { get; set => field = Lists.Clean(value); } = [];

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => Title ?? Id ?? string.Empty;
}
