using System.Net;
using System.Net.Sockets;

namespace MediaMagic.Simulator;

/// <summary>Finds a loopback port that nobody listens on.</summary>
internal static class FreePort
{
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
