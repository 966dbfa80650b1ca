using System;
using System.Globalization;
using System.IO.Hashing;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace MediaMagic.Bench.Uploads;

/// <summary>
/// A server of bare sockets that reads bodies, forgets them and answers with their CRC64, as storage does. It also returns itself as the place to upload to.
/// </summary>
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

    private static string? ValueOf(string head, string name)
    {
        string line = $"\r\n{name}:";
        int at = head.IndexOf(line, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : head[(at + line.Length)..head.IndexOf('\r', at + line.Length)].Trim();
    }

    private static string Answer(string status, string headers, string body = "") => $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    private static string StoredAnswer(string head, Crc64 sum)
    {
        const string Header = "x-ms-content-crc64";
        string received = Convert.ToBase64String(BitConverter.GetBytes(sum.GetCurrentHashAsUInt64()));
        return ValueOf(head, Header) is string expected && expected != received
            ? Answer("400 Bad Request", "Content-Type: application/xml\r\nx-ms-error-code: Crc64Mismatch\r\n", "<Error><Code>Crc64Mismatch</Code></Error>")
            : Answer("201 Created", $"{Header}: {received}\r\n");
    }

    private void Serve(Socket client)
    {
        using (client)
        {
            client.NoDelay = true;
            byte[] buffer = new byte[BufferLength];
            Crc64 sum = new(Crc64ParameterSet.Nvme);
            try
            {
                while (ServeOne(client, buffer, sum))
                {
                }
            }
            catch (SocketException)
            {
                // The client has gone.
            }
        }
    }

    private bool ServeOne(Socket client, byte[] buffer, Crc64 sum)
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

        sum.Reset();
        sum.Append(buffer.AsSpan(body, filled - body));
        long length = long.Parse(ValueOf(head, "Content-Length") ?? "0", CultureInfo.InvariantCulture);
        for (long rest = length - (filled - body); rest > 0;)
        {
            int read = client.Receive(buffer, 0, (int)Math.Min(buffer.Length, rest), SocketFlags.None);
            if (read == 0)
            {
                return false;
            }

            sum.Append(buffer.AsSpan(0, read));
            rest -= read;
        }

        client.Send(Encoding.ASCII.GetBytes(head.StartsWith("POST", StringComparison.Ordinal) ? AddressAnswer() : StoredAnswer(head, sum)));
        return true;
    }

    private string AddressAnswer() => Answer(
        "200 OK",
        "Content-Type: application/json\r\n",
        $$"""{"uploadUrl":"{{_address()}}","blobPath":"w/{{Guid.NewGuid():N}}","expiresAt":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""");
}
