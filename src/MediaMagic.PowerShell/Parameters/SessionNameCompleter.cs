using System.Collections.Generic;
using System.Linq;
using MediaMagic.Sessions;

namespace MediaMagic.Parameters;

/// <summary>Offers the names of this runspace's sessions.</summary>
public sealed class SessionNameCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => SessionStore.All().Select(known => known.Name);
}
