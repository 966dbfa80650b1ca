using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the systems whose errors are read.</summary>
public sealed class ErrorSystemCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => [ErrorSystem.MediaMagic, ErrorSystem.Reten, ErrorSystem.Erynoa];
}
