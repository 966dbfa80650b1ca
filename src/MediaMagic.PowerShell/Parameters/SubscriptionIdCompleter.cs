using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the webhook subscriptions that the session met last.</summary>
public sealed class SubscriptionIdCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => session?.Seen.Of(SeenIds.Subscriptions) ?? [];
}
