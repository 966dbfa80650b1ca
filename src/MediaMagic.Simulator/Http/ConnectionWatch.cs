using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Holds requests back, and notices a client that leaves meanwhile, which HttpListener does not report.</summary>
internal sealed class ConnectionWatch
{
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_minDelay = TimeSpan.FromMilliseconds(1);
    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly Func<HashSet<(int Port, IPEndPoint Client)>?> _connected;
    private HashSet<(int Port, IPEndPoint Client)>? _clients;
    private HashSet<(int Port, IPEndPoint Client)>? _clientsBefore;
    private long? _read;
    private long? _readBefore;

    public ConnectionWatch(TimeProvider clock, Func<HashSet<(int Port, IPEndPoint Client)>?>? connected = null)
    {
        _clock = clock;
        _connected = connected ?? Connected;
    }

    /// <summary>Waits as the fault says; false when the client closed its connection meanwhile.</summary>
    public async Task<bool> DelayAsync(Exchange exchange, SimulatorFault fault, CancellationToken stop)
    {
        IPEndPoint? client = exchange.Context.Request.RemoteEndPoint;
        int port = exchange.Context.Request.LocalEndPoint.Port;
        long began = _clock.GetTimestamp();
        Task until = fault.Until ?? Task.CompletedTask;
        while (true)
        {
            TimeSpan rest = TimeSpan.FromMilliseconds(fault.DelayMs) - _clock.GetElapsedTime(began);
            if (until.IsCompleted && rest <= TimeSpan.Zero)
            {
                return true;
            }

            bool last = until.IsCompleted && rest < s_checkInterval;
            Task pause = _clock.Delay(!last ? s_checkInterval : rest > s_minDelay ? rest : s_minDelay, stop);
            await (until.IsCompleted ? pause : Task.WhenAny(until, pause)).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (!last && pause.IsCompleted && client is not null && HasLeft(port, client, began))
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Returns a value indicating whether the client closed its connection to the port. The system's table is read once for all requests that
    /// wait. A reading can miss a connection while others open and close, so the client must be missing from two readings in a row, both taken
    /// after the request began.
    /// </summary>
    public bool HasLeft(int port, IPEndPoint client, long began)
    {
        lock (_gate)
        {
            if (_read is not long read || _clock.GetElapsedTime(read) >= s_checkInterval)
            {
                (_clientsBefore, _readBefore) = (_clients, _read);
                _clients = _connected();
                _read = _clock.GetTimestamp();
            }

            return _readBefore >= began && _clients?.Contains((port, client)) == false && _clientsBefore?.Contains((port, client)) == false;
        }
    }

    // Null where the system does not tell: there every client counts as connected.
    private static HashSet<(int Port, IPEndPoint Client)>? Connected()
    {
        try
        {
            HashSet<(int Port, IPEndPoint Client)> clients = [];
            foreach (TcpConnectionInformation connection in IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections())
            {
                if (connection.State == TcpState.Established)
                {
                    // Two connections can share the client's port if they lead to different servers.
                    clients.Add((connection.LocalEndPoint.Port, connection.RemoteEndPoint));
                }
            }

            return clients;
        }
        catch (Exception error) when (error is NetworkInformationException or PlatformNotSupportedException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
