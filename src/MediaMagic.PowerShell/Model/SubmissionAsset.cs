using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>An asset as its submission lists it.</summary>
public sealed class SubmissionAsset
{
    /// <summary>The submission that it belongs to.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>The asset's id.</summary>
    public string? AssetId { get; set; }

    /// <summary>The id that all versions of the asset share.</summary>
    public string? VersionGroupId { get; set; }

    /// <summary>Its place among the versions; the first is 1.</summary>
    public int? VersionNumber { get; set; }

    /// <summary>How many issues were found.</summary>
    public int? IssueCount { get; set; }

    /// <summary>How far it is: complete and failed are final; the service may send others.</summary>
    public string? Status { get; set; }

    /// <summary>The kind of failure.</summary>
    public string? ErrorType { get; set; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Whether it can be retried now.</summary>
    public bool? IsRetryable { get; set; }

    /// <summary>How many times it was retried.</summary>
    public int? RetryCount { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => AssetId ?? string.Empty;
}
