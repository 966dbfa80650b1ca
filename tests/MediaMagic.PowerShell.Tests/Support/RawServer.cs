using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests;

/// <summary>A server that does on its sockets whatever the test says, which a well-behaved one never would.</summary>
public sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Connection, Task> _serve;
    private int _connections;

    public RawServer(Func<Connection, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri BaseUri { get; }

    public int Connections => _connections;

    /// <summary>The heads of the requests seen.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Set when the client has closed a connection.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A server that answers every request of every connection with the same bytes.</summary>
    public static RawServer Always(string head, byte[]? body = null) => new(async connection =>
    {
        while (await connection.ReadRequestAsync())
        {
            await connection.WriteAsync(head);
            await connection.WriteAsync(body ?? []);
        }
    });

    public static string Ok(string body) => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _serve(new Connection(this, client));
            }
            catch (Exception ended) when (ended is System.IO.IOException or SocketException or ObjectDisposedException)
            {
            }
        }
    }

    public sealed class Connection(RawServer server, TcpClient client)
    {
        private readonly NetworkStream _stream = client.GetStream();

        /// <summary>Reads one request with its body; false when the client has closed.</summary>
        public async Task<bool> ReadRequestAsync()
        {
            if (await ReadHeadAsync() is not int length)
            {
                return false;
            }

            await _stream.ReadExactlyAsync(new byte[length]);
            return true;
        }

        /// <summary>Reads the head of a request and returns the length of its body; null when the client has closed.</summary>
        public async Task<int?> ReadHeadAsync()
        {
            List<byte> head = [];
            byte[] one = new byte[1];
            while (head.Count < 4 || Encoding.ASCII.GetString([.. head[^4..]]) != "\r\n\r\n")
            {
                if (await _stream.ReadAsync(one) == 0)
                {
                    server.Closed.TrySetResult();
                    return null;
                }

                head.Add(one[0]);
            }

            string text = Encoding.ASCII.GetString([.. head]);
            server.Requests.Enqueue(text);
            int length = 0;
            foreach (string line in text.Split("\r\n"))
            {
                if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                {
                    length = int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture);
                }
            }

            if (text.Contains("100-continue", StringComparison.OrdinalIgnoreCase))
            {
                await WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            }

            return length;
        }

        public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

        public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

        /// <summary>Waits until the client closes the connection.</summary>
        public async Task UntilClosedAsync()
        {
            while (await _stream.ReadAsync(new byte[1024]) > 0)
            {
            }

            server.Closed.TrySetResult();
        }

        /// <summary>Ends the connection with a reset.</summary>
        public void Reset()
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
        }
    }
}
