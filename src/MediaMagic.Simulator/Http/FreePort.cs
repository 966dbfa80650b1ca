using System;
using System.Net;
using System.Net.Sockets;

namespace MediaMagic.Simulator;

/// <summary>Finds a loopback port that nobody listens on.</summary>
internal static class FreePort
{
    private const int MaxAttempts = 20;

    /// <summary>Starts a listener on a free port, and tries another port when a program takes it first.</summary>
    public static HttpListener Listen(Func<int, HttpListener> listen, out int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            port = Find();
            try
            {
                return listen(port);
            }
            catch (HttpListenerException) when (attempt < MaxAttempts)
            {
                // The next port may still be free.
            }
        }
    }

    public static int Find()
    {
        TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        try
        {
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        finally
        {
            probe.Stop();
        }
    }
}
