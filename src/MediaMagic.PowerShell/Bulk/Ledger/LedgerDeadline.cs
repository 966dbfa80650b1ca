using System;

namespace MediaMagic.Bulk;

/// <summary>
/// How long a ledger is waited for. Time counts only while the ledger stands still: if many processes work on it in turn, each of them gets its turn, however
/// slow the machine is.
/// </summary>
internal sealed class LedgerDeadline(LedgerDialect dialect, TimeSpan patience, TimeProvider clock)
{
    private long _began = clock.GetTimestamp();
    private long _stamp = dialect.Stamp;

    /// <summary>Returns whether the ledger has stood still for longer than the patience lasts.</summary>
    public bool IsOver()
    {
        if (patience > TimeSpan.Zero && dialect.Stamp is var stamp && stamp != _stamp)
        {
            (_stamp, _began) = (stamp, clock.GetTimestamp());
            return false;
        }

        return clock.GetElapsedTime(_began) > patience;
    }
}
