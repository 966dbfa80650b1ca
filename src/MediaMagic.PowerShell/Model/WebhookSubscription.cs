using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>An endpoint that the service sends events to.</summary>
public sealed class WebhookSubscription
{
    /// <summary>The subscription's id.</summary>
    public string? Id { get; set; }

    /// <summary>The workspace that it belongs to.</summary>
    public string? WorkspaceId { get; set; }

    /// <summary>Where events are sent.</summary>
    public string? EndpointUrl { get; set; }

    /// <summary>The events that it listens to.</summary>
    public string[] EventTypes { get; set => field = Lists.Clean(value); } = [];

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether events are sent.</summary>
    public bool? Enabled { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The signing secret: sent once, at creation, and shown in no view.</summary>
    public string? Secret { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => Id ?? string.Empty;
}
