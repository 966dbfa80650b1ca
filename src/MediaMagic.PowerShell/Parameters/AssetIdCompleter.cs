using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the assets that the session met last.</summary>
public sealed class AssetIdCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => session?.Seen.Of(SeenIds.Assets) ?? [];
}
