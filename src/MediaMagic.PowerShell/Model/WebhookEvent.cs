using System;
using System.Collections.Generic;

namespace MediaMagic;

/// <summary>An event that the service delivered.</summary>
public sealed class WebhookEvent
{
    /// <summary>The event's id: the same in every repeat of its delivery.</summary>
    public string? Id { get; set; }

    /// <summary>What happened: asset.processing.completed or asset.processing.failed; the service may send others.</summary>
    public string? Type { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>The submission concerned.</summary>
    public string? SubmissionId { get; set; }

    /// <summary>The asset concerned.</summary>
    public string? AssetId { get; set; }

    /// <summary>The event's data under the names that the service uses; results are not among them.</summary>
    public Dictionary<string, object?>? Data { get; set; }

    /// <summary>Everything beside the data that the service sent and this class does not name.</summary>
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {Id}".Trim();
}
