using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>A state of the world between two processes. Worlds that lead to the same state have the same future, so it is explored once.</summary>
internal sealed class Node(string text, LedgerContent ledger, ServiceState service)
{
    private static int s_count;
    private readonly Dictionary<Edge, long> _edges = [];
    private long? _worlds;

    /// <summary>Gets a number that no other node has.</summary>
    public int Number { get; } = Interlocked.Increment(ref s_count);

    /// <summary>Gets what makes the state another one.</summary>
    public string Text { get; } = text;

    /// <summary>Gets the ledger as the last process left it.</summary>
    public LedgerContent Ledger { get; } = ledger;

    /// <summary>Gets the service as the last process left it.</summary>
    public ServiceState Service { get; } = service;

    /// <summary>Gets a value indicating whether no process has run yet.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Gets a value indicating whether a process was dropped since the last attempt.</summary>
    public bool WasDropped { get; init; }

    /// <summary>Gets the key of the last process.</summary>
    public string Key { get; init; } = HostileService.Key;

    /// <summary>Gets the processes that differ in how they end.</summary>
    public IReadOnlyCollection<Edge> Edges => _edges.Keys;

    /// <summary>Adds a process that began in this state.</summary>
    public void Add(Edge edge)
    {
        lock (_edges)
        {
            _edges[edge] = _edges.GetValueOrDefault(edge) + 1;
        }
    }

    /// <summary>Returns how many worlds go on from here, once all of them are explored.</summary>
    public long CountWorlds()
    {
        if (_worlds is null)
        {
            // A state that leads back to itself adds no world.
            _worlds = 1;
            _worlds = _edges.Sum(static edge => edge.Value * (edge.Key.Next?.CountWorlds() ?? 1));
        }

        return _worlds.Value;
    }
}
