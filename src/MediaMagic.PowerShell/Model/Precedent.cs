using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>An earlier decision on a like case.</summary>
public sealed class Precedent
{
    /// <summary>Where it can be read.</summary>
    public string? Url { get; set; }

    /// <summary>Its title.</summary>
    public string? Title { get; set; }

    /// <summary>How it was decided.</summary>
    public string? Decision { get; set; }

    /// <summary>When it was decided, as the service writes it.</summary>
    public string? Date { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => Title ?? string.Empty;
}
