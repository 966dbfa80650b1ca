using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using MediaMagic.Webhooks;

namespace MediaMagic.Tests.Webhooks;

/// <summary>A client and the listener's connection to it, which the test runs.</summary>
internal sealed class ConnectionPair : IDisposable
{
    private ConnectionPair(RawClient client, Socket socket, Stream stream)
    {
        Client = client;
        Socket = socket;
        Reception reception = new("/", new DeliveryVerifier([SignedDelivery.Secret], false, Clock), new EventInbox(), static (_, _) => { });
        Connection = new WebhookConnection(socket, stream, reception, Clock, () => Changed?.Invoke());
    }

    public RawClient Client { get; }

    public Socket Socket { get; }

    public WebhookConnection Connection { get; }

    public HookedClock Clock { get; } = new();

    /// <summary>Gets or sets what runs at every change of the connection's state.</summary>
    public Action? Changed { get; set; }

    /// <summary>Connects; the test may put a stream of its own before the socket's.</summary>
    public static async Task<ConnectionPair> CreateAsync(Func<Stream, Stream>? wrap = null)
    {
        using TcpListener port = new(IPAddress.Loopback, 0);
        port.Start();
        RawClient client = await RawClient.ConnectAsync(((IPEndPoint)port.LocalEndpoint).Port);
        Socket socket = await port.AcceptSocketAsync();
        NetworkStream stream = new(socket, ownsSocket: true);
        return new ConnectionPair(client, socket, wrap?.Invoke(stream) ?? stream);
    }

    /// <summary>Sends one delivery.</summary>
    public Task SendAsync() => Client.SendAsync(new SignedDelivery("m1", Clock.GetUtcNow()).Request());

    public void Dispose()
    {
        Connection.Dispose();
        Client.Dispose();
    }
}
