using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the known severities, gravest first.</summary>
public sealed class SeverityCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => [Severity.Critical, Severity.Major, Severity.Minor, Severity.Info];
}
