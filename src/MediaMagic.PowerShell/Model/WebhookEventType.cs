namespace MediaMagic;

/// <summary>The events that are known; the service may send others.</summary>
public static class WebhookEventType
{
    /// <summary>An asset was analysed.</summary>
    public const string AssetProcessingCompleted = "asset.processing.completed";

    /// <summary>An asset's analysis failed.</summary>
    public const string AssetProcessingFailed = "asset.processing.failed";
}
