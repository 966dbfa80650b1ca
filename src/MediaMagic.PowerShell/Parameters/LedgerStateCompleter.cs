using System.Collections.Generic;

namespace MediaMagic.Parameters;

/// <summary>Offers the states of files in a ledger.</summary>
public sealed class LedgerStateCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) =>
    [
        LedgerState.Claimed, LedgerState.Uploaded, LedgerState.Submitting, LedgerState.Submitted, LedgerState.Complete, LedgerState.Failed,
    ];
}
