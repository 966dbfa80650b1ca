using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>What the service says after a direct upload.</summary>
public sealed class DirectUpload
{
    /// <summary>Where the file lies: what a submission names.</summary>
    public string? BlobPath { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => BlobPath ?? string.Empty;
}
