namespace MediaMagic.Client;

/// <summary>Enables or disables a webhook subscription.</summary>
internal sealed class WebhookPatchBody
{
    public bool Enabled { get; set; }
}
