using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// The life of a process. The world chooses whether it is dropped before an HTTP call or a commit. Only where something that outlives the
/// process has changed since the last such choice is that another world; between two attempts to create, a process is dropped once at most.
/// </summary>
internal sealed class ProcessLife(Choices choices, ServiceState state, LedgerFile? ledger, bool mayEnd, bool wasDropped)
{
    private static readonly string[] s_lives = ["lives", "is dropped"];
    private readonly int _attempts = state.Attempts;
    private readonly List<string> _seen = [];
    private (int Changes, long Committed) _offered = (state.Changes, ledger?.Committed ?? 0);
    private long _committed = ledger?.Committed ?? 0;
    private bool _isCommitting;
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

    /// <summary>Passes the boundary before an HTTP call.</summary>
    public void PassRequest() => Pass();

    /// <summary>Passes the boundaries before and after a commit; returns whether it was the one after.</summary>
    public bool PassCommit()
    {
        if (!_isCommitting)
        {
            Pass();
            _isCommitting = true;
            return false;
        }

        _isCommitting = false;
        if (ledger?.Committed is long committed && committed != _committed)
        {
            _committed = committed;
            _commits++;
            _known = _seen.Count;
        }

        return true;
    }

    /// <summary>Drops the process.</summary>
    public void End() => IsOver = true;

    private void Pass()
    {
        (int, long) now = (state.Changes, ledger?.Committed ?? 0);
        if (!IsOver && now != _offered && mayEnd && (!wasDropped || state.Attempts > _attempts))
        {
            _offered = now;
            IsOver = choices.Choose(s_lives) == s_lives[1];
        }

        if (IsOver)
        {
            throw new ProcessEndedException();
        }
    }
}
