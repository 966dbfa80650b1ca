using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Notices that a client has left while it waits, which HttpListener does not tell.</summary>
internal static class ConnectionWatch
{
    private const int CheckMs = 100;
    private static readonly object s_gate = new();
    private static readonly Stopwatch s_age = Stopwatch.StartNew();
    private static HashSet<IPEndPoint>? s_clients;
    private static bool s_known;

    /// <summary>Waits; false when the client closed its connection meanwhile.</summary>
    public static async Task<bool> DelayAsync(Exchange exchange, int milliseconds, CancellationToken stop)
    {
        IPEndPoint? client = exchange.Context.Request.RemoteEndPoint;
        Stopwatch elapsed = Stopwatch.StartNew();
        while (elapsed.ElapsedMilliseconds < milliseconds)
        {
            long rest = Math.Min(CheckMs, milliseconds - elapsed.ElapsedMilliseconds);
            await Task.Delay((int)Math.Max(1, rest), stop).ConfigureAwait(false);
            if (rest == CheckMs && client is not null && HasLeft(client))
            {
                return false;
            }
        }

        return true;
    }

    // The system's table is read once for all requests that wait.
    private static bool HasLeft(IPEndPoint client)
    {
        lock (s_gate)
        {
            if (!s_known || s_age.ElapsedMilliseconds >= CheckMs)
            {
                s_clients = Connected();
                s_known = true;
                s_age.Restart();
            }

            return s_clients?.Contains(client) == false;
        }
    }

    // Null where the system does not tell: there every client counts as connected.
    private static HashSet<IPEndPoint>? Connected()
    {
        try
        {
            HashSet<IPEndPoint> clients = [];
            foreach (TcpConnectionInformation connection in IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections())
            {
                if (connection.State == TcpState.Established)
                {
                    clients.Add(connection.RemoteEndPoint);
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
