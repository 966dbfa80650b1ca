using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the known event types.</summary>
public sealed class EventTypeCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => [WebhookEventType.AssetProcessingCompleted, WebhookEventType.AssetProcessingFailed];
}
