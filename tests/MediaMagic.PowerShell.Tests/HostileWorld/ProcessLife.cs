using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// The life of a process. The world chooses whether it is dropped before an HTTP call or a commit. Only where something that outlives the
/// process has changed since the last such choice is that another world; between two attempts to create, a process is dropped once at most.
/// </summary>
internal sealed class ProcessLife(Choices choices, ServiceState state, LedgerContent? ledger, bool mayEnd, bool wasDropped)
{
    private static readonly string[] s_lives = ["lives", "is dropped"];
    private readonly int _attempts = state.Attempts;
    private readonly List<string> _seen = [];
    private (int Changes, LedgerContent? Ledger) _offered = (state.Changes, ledger);
    private LedgerContent? _ledger = ledger;
    private int _commits;
    private int _known;

    /// <summary>Gets whether the process has ended. Nothing that it does from then on has an effect.</summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// Gets what can be known of the life afterwards: the answers in their order; of a dropped one, those before its last commit, and how
    /// many commits it made.
    /// </summary>
    public string Seen => IsOver ? $"{string.Join('|', _seen.Take(_known))}|dropped after {_commits}" : string.Join('|', _seen);

    /// <summary>Gets whether a drop counts as the one before the next attempt.</summary>
    public bool WasDropped => IsOver || (wasDropped && state.Attempts == _attempts);

    /// <summary>Notes what the process learns.</summary>
    public void See(string what) => _seen.Add(what);

    /// <summary>Passes the boundary before an HTTP call or a commit, with the ledger as it is there.</summary>
    public void Pass(LedgerContent now)
    {
        if (now != _ledger)
        {
            _ledger = now;
            _commits++;
            _known = _seen.Count;
        }

        if (mayEnd && (state.Changes, now) != _offered && (!wasDropped || state.Attempts > _attempts))
        {
            _offered = (state.Changes, now);
            IsOver = choices.Choose(s_lives) == s_lives[1];
        }
    }

    /// <summary>Drops the process.</summary>
    public void End() => IsOver = true;
}
