using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>One version of an asset.</summary>
public sealed class SubmissionVersion
{
    /// <summary>The submission that brought this version.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>The asset's id in that submission.</summary>
    public string? AssetId { get; set; }

    /// <summary>The id that all versions share.</summary>
    public string? VersionGroupId { get; set; }

    /// <summary>Its place among the versions; the first is 1.</summary>
    public int? VersionNumber { get; set; }

    /// <summary>How far it is.</summary>
    public string? Status { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => SubmissionId ?? string.Empty;
}
