using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>One analysed file with its issues.</summary>
public sealed class Asset
{
    /// <summary>The asset's id.</summary>
    public string? AssetId { get; set; }

    /// <summary>The submission that it belongs to.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>The name that it was uploaded under.</summary>
    [JsonPropertyName("filename")]
    public string? FileName { get; set; }

    /// <summary>Its content type.</summary>
    public string? MimeType { get; set; }

    /// <summary>How far it is.</summary>
    public string? Status { get; set; }

    /// <summary>How many issues were found.</summary>
    public int? IssueCount { get; set; }

    /// <summary>Its place among the versions; the first is 1.</summary>
    public int? VersionNumber { get; set; }

    /// <summary>The id that all versions share.</summary>
    public string? VersionGroupId { get; set; }

    /// <summary>The issues that were found.</summary>
    public Issue[] Issues { get; set => field = Lists.Clean(value); } = [];

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => AssetId ?? string.Empty;
}
