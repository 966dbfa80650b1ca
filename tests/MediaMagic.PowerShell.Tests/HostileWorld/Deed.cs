using System;
using System.Collections.Generic;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// What a process was seen to do, and what it did after each answer. A process knows nothing of the world but its ledger, its options and the
/// answers, so a process to which all of them are the same does the same, and need not run again.
/// </summary>
/// <param name="act">The act.</param>
/// <param name="ledger">The ledger at that time, as the process would leave it if it were dropped.</param>
internal sealed class Deed(Act act, LedgerContent ledger)
{
    private readonly Dictionary<HostileAnswer, Deed> _next = [];

    /// <summary>Gets the act.</summary>
    public Act Act => act;

    /// <summary>Gets the ledger as the process would leave it if it were dropped.</summary>
    public LedgerContent Ledger => ledger;

    /// <summary>Returns what the process does after the answer; null if no process got that far.</summary>
    public Deed? After(HostileAnswer answer)
    {
        lock (_next)
        {
            return _next.GetValueOrDefault(answer);
        }
    }

    /// <summary>Notes what the process does after the answer. Every process must do the same there.</summary>
    public Deed Add(HostileAnswer answer, Act next, LedgerContent left)
    {
        lock (_next)
        {
            if (!_next.TryGetValue(answer, out Deed? deed))
            {
                deed = new Deed(next, left);
                _next.Add(answer, deed);
            }
            else if (deed.Act != next || deed.Ledger != left)
            {
                throw new InvalidOperationException($"After the same answers, a process did {next} with {left.Key}, and another one {deed.Act} with {deed.Ledger.Key}.");
            }

            return deed;
        }
    }
}
