using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace MediaMagic.Bench.Uploads;

/// <summary>A server of bare sockets that reads bodies, forgets them and answers 201; it also names itself as the place to upload to.</summary>
internal sealed class Sink : IDisposable
{
    private const int BufferLength = 256 * 1024;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private readonly Func<string> _address;

    /// <param name="address">Where to upload to; none: here.</param>
    public Sink(Func<string>? address = null)
    {
        _address = address ?? (() => $"http://127.0.0.1:{Port}/blob?sig=none");
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public void Run()
    {
        try
        {
            while (true)
            {
                Socket client = _listener.Accept();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    public void Dispose() => _listener.Dispose();

    private static int HeadEnd(byte[] buffer, int length) => buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is int at and >= 0 ? at + 4 : -1;

    private static long LengthOf(string head)
    {
        int at = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : long.Parse(head.AsSpan(at + 15, head.IndexOf('\r', at) - at - 15), CultureInfo.InvariantCulture);
    }

    private void Serve(Socket client)
    {
        using (client)
        {
            client.NoDelay = true;
            byte[] buffer = new byte[BufferLength];
            try
            {
                while (ServeOne(client, buffer))
                {
                }
            }
            catch (SocketException)
            {
                // The client has gone.
            }
        }
    }

    private bool ServeOne(Socket client, byte[] buffer)
    {
        int filled = 0;
        int body;
        while ((body = HeadEnd(buffer, filled)) < 0)
        {
            int read = client.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None);
            if (read == 0)
            {
                return false;
            }

            filled += read;
        }

        string head = Encoding.ASCII.GetString(buffer, 0, body);
        if (head.Contains("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            client.Send("HTTP/1.1 100 Continue\r\n\r\n"u8);
        }

        for (long rest = LengthOf(head) - (filled - body); rest > 0;)
        {
            int read = client.Receive(buffer, 0, (int)Math.Min(buffer.Length, rest), SocketFlags.None);
            if (read == 0)
            {
                return false;
            }

            rest -= read;
        }

        client.Send(Encoding.ASCII.GetBytes(Answer(head)));
        return true;
    }

    private string Answer(string head)
    {
        string json = head.StartsWith("POST", StringComparison.Ordinal)
            ? $$"""{"uploadUrl":"{{_address()}}","blobPath":"w/{{Guid.NewGuid():N}}","expiresAt":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}"""
            : string.Empty;
        string status = json.Length > 0 ? "200 OK\r\nContent-Type: application/json" : "201 Created";
        return $"HTTP/1.1 {status}\r\nContent-Length: {json.Length}\r\n\r\n{json}";
    }
}
