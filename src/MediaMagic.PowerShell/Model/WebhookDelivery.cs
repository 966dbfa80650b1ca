using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace MediaMagic;

/// <summary>One attempt to deliver an event.</summary>
public sealed class WebhookDelivery
{
    /// <summary>The attempt's id.</summary>
    public string? Id { get; set; }

    /// <summary>The subscription that it was for.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>How it went.</summary>
    public string? Status { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The HTTP status that the endpoint answered.</summary>
    public int? ResponseStatus { get; set; }

    /// <summary>The event's id.</summary>
    public string? EventId { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => Id ?? string.Empty;
}
