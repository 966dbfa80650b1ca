using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>
/// Lets one of two processes run at a time. After each HTTP call and each commit the world chooses which one goes on, but it makes one wait so
/// many times at most. A process that waits may lose its lease.
/// </summary>
internal sealed class Scheduler(Choices choices, int maxSwitches, LedgerFile ledger) : IDisposable
{
    private const string CountLeases = "select count(*) from mediamagic_assets where lease_until > 0";
    private const string EndLeases = "update mediamagic_assets set lease_until = 0 where lease_until > 0";
    private static readonly string[] s_turns = ["goes on", "waits"];
    private static readonly string[] s_leases = ["its lease holds", "its lease is over"];

    // Only a scheduler that forgot a process takes longer.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim[] _turns = [new(1), new(0)];
    private readonly bool[] _ended = new bool[2];
    private int _switches;

    /// <summary>Gets what is called with the process that passes a boundary.</summary>
    public Action<int>? Passing { get; init; }

    /// <summary>Waits for the turn of the process.</summary>
    public async Task TakeTurnAsync(int process)
    {
        if (!await _turns[process].WaitAsync(s_patience))
        {
            throw new InvalidOperationException($"Process {process} never gets its turn.");
        }
    }

    /// <summary>Lets the other process run if the world chooses so, and returns when the process goes on.</summary>
    public async Task YieldAsync(int process)
    {
        Passing?.Invoke(process);
        if (!_ended[1 - process] && _switches < maxSwitches && choices.Choose(s_turns) == s_turns[1])
        {
            _switches++;
            if (await ledger.CountAsync(CountLeases) > 0 && choices.Choose(s_leases) == s_leases[1])
            {
                await ledger.ExecuteAsync(EndLeases);
            }

            _turns[1 - process].Release();
            await TakeTurnAsync(process);
        }
    }

    /// <summary>Ends the process, and lets the other one run.</summary>
    public void End(int process)
    {
        _ended[process] = true;
        _turns[1 - process].Release();
    }

    public void Dispose()
    {
        foreach (SemaphoreSlim turn in _turns)
        {
            turn.Dispose();
        }
    }
}
