using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests.Webhooks;

/// <summary>A client that sends whatever bytes it is given.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));

    private NetworkStream? _stream;

    private RawClient()
    {
    }

    private NetworkStream Stream => _stream ??= _client.GetStream();

    public static async Task<RawClient> ConnectAsync(int port)
    {
        RawClient client = new();
        await client._client.ConnectAsync(IPAddress.Loopback, port);
        _ = client.Stream;
        return client;
    }

    public async Task SendAsync(byte[] bytes) => await Stream.WriteAsync(bytes, _patience.Token);

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends no more, unless the server has left already.</summary>
    public void Finish()
    {
        try
        {
            _client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException gone) when (gone.SocketErrorCode == SocketError.NotConnected)
        {
        }
    }

    /// <summary>The next answer's head; empty when the server has left.</summary>
    public async Task<string> ReadHeadAsync()
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || Encoding.ASCII.GetString([.. head[^4..]]) != "\r\n\r\n")
        {
            try
            {
                if (await Stream.ReadAsync(one, _patience.Token) == 0)
                {
                    return string.Empty;
                }
            }
            catch (IOException)
            {
                return string.Empty;
            }

            head.Add(one[0]);
        }

        return Encoding.ASCII.GetString([.. head]);
    }

    /// <summary>The next answer's status; 0 when the server has left.</summary>
    public async Task<int> ReadStatusAsync() =>
        await ReadHeadAsync() is { Length: > 12 } head ? int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }
}
