using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>One or more assets handed in together for analysis.</summary>
public sealed class Submission
{
    /// <summary>The submission's id.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>The id of the analysis run; empty until it has started.</summary>
    public string? WorkflowId { get; set; }

    /// <summary>The workspace that the key belongs to.</summary>
    public string? WorkspaceId { get; set; }

    /// <summary>How far it is: uploading, submitted, processing, complete or failed; the service may send others.</summary>
    public string? Status { get; set; }

    /// <summary>How far it is, in percent.</summary>
    public int? ProgressPercent { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Whether at least one of its assets can be retried now.</summary>
    public bool? IsRetryable { get; set; }

    /// <summary>The name of its push channel.</summary>
    public string? AblyChannel { get; set; }

    /// <summary>Its assets, as the service lists them.</summary>
    public SubmissionAsset[] Assets { get; set => field = Lists.Clean(value); } = [];

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => SubmissionId ?? string.Empty;
}
