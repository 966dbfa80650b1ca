namespace MediaMagic.Client;

/// <summary>Creates a webhook subscription.</summary>
internal sealed class WebhookBody
{
    public string? EndpointUrl { get; set; }

    public string[]? EventTypes { get; set; }

    public string? Description { get; set; }
}
