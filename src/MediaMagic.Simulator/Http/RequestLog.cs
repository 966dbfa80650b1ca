using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Threading;

namespace MediaMagic.Simulator;

/// <summary>Counts requests and connections and keeps the last requests.</summary>
internal sealed class RequestLog
{
    private const int Capacity = 1000;
    private readonly ConcurrentDictionary<IPEndPoint, bool> _connections = [];
    private readonly Queue<SimulatorRequest> _last = new();
    private readonly List<SimulatorViolation> _violations = [];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public int Connections => _connections.Count;

    public void Arrived(IPEndPoint? client)
    {
        Interlocked.Increment(ref _count);
        if (client is not null)
        {
            _connections.TryAdd(client, true);
        }
    }

    public void Answered(SimulatorRequest request)
    {
        lock (_last)
        {
            _last.Enqueue(request);
            if (_last.Count > Capacity)
            {
                _last.Dequeue();
            }
        }
    }

    public void Violated(SimulatorViolation violation)
    {
        lock (_violations)
        {
            _violations.Add(violation);
        }
    }

    public SimulatorRequest[] Last()
    {
        lock (_last)
        {
            return [.. _last];
        }
    }

    public SimulatorViolation[] Violations()
    {
        lock (_violations)
        {
            return [.. _violations];
        }
    }
}
