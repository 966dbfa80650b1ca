using System.Collections.Generic;
using MediaMagic.Sessions;

namespace MediaMagic.Parameters;

/// <summary>Offers the endpoints of the simulator that runs.</summary>
public sealed class EndpointCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => SimulatorStore.Find()?.Endpoints ?? [];
}
