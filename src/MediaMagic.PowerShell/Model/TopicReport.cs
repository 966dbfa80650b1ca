using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>An asset's issues, grouped by topic.</summary>
public sealed class TopicReport
{
    /// <summary>The submission that the asset belongs to.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>The asset's id.</summary>
    public string? AssetId { get; set; }

    /// <summary>The topics, each with two or more issues.</summary>
    public Topic[] Topics { get; set => field = Lists.Clean(value); } = [];

    /// <summary>The issues of no topic.</summary>
    public Issue[] OrphanIssues { get; set => field = Lists.Clean(value); } = [];

    /// <summary>What the service says of the grouping.</summary>
    public Dictionary<string, object?>? Metadata { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => AssetId ?? string.Empty;
}
