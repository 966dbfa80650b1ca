using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Webhooks;

/// <summary>
/// Listens for deliveries. Written on sockets, since the framework's own listener ends connections after some answers, gives up
/// others half-way when it is stopped, and leaves time-outs and sizes to its host.
/// </summary>
internal sealed class WebhookListener : IDisposable
{
    private const int Backlog = 512;
    private const int MostConnections = 256;
    private static readonly TimeSpan s_sweep = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly List<Socket> _sockets = [];
    private readonly ConcurrentDictionary<WebhookConnection, Task> _connections = new();
    private readonly SemaphoreSlim _free = new(MostConnections);
    private readonly CancellationTokenSource _stop = new();
    private readonly Reception _reception;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweeper;
    private TaskCompletionSource<bool>? _change;

    private WebhookListener(Reception reception, TimeProvider clock)
    {
        _reception = reception;
        _clock = clock;
        _sweeper = clock.CreateTimer(_ => Sweep(), null, s_sweep, s_sweep);
    }

    /// <summary>The port that is listened on.</summary>
    public int Port { get; private set; }

    /// <summary>The states of the clients' connections.</summary>
    public IReadOnlyList<ConnectionState> States => [.. _connections.Keys.Select(static connection => connection.State)];

    /// <summary>Starts to listen; an error says why that cannot be.</summary>
    public static WebhookListener Start(ListenerPrefix prefix, DeliveryVerifier verifier, EventInbox inbox, Action<int, string> tell, TimeProvider clock)
    {
        WebhookListener listener = new(new Reception(prefix.Path, verifier, inbox, tell), clock);
        try
        {
            listener.Bind(prefix);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        foreach (Socket socket in listener._sockets)
        {
            _ = Task.Run(() => listener.AcceptAsync(socket, listener._stop.Token));
        }

        return listener;
    }

    /// <summary>Ends when a connection next changes its state or is over.</summary>
    public Task NextChange()
    {
        TaskCompletionSource<bool> change = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _change, change, null) ?? change).Task;
    }

    /// <summary>Lets no new client in, answers the requests under way, and ends.</summary>
    public async Task CloseAsync(CancellationToken stop)
    {
        Release();
        foreach (WebhookConnection connection in _connections.Keys)
        {
            connection.End();
        }

        Task farewell = _clock.Delay(s_farewell, stop);
        await Task.WhenAny(Task.WhenAll(_connections.Values), farewell).ConfigureAwait(false);
        Dispose();
    }

    /// <summary>Frees the port and cuts every connection, each behind the answer that is being written.</summary>
    public void Dispose()
    {
        Release();
        foreach (WebhookConnection connection in _connections.Keys)
        {
            connection.Cut();
        }

        Sweep();
    }

    private void Release()
    {
        _stop.Cancel();
        _sockets.ForEach(static socket => socket.Dispose());
    }

    private void Bind(ListenerPrefix prefix)
    {
        Port = prefix.Port;
        foreach (IPAddress address in prefix.Addresses)
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
                {
                    // There another process could take the port over otherwise.
                    socket.ExclusiveAddressUse = true;
                }

                socket.Bind(new IPEndPoint(address, Port));
                socket.Listen(Backlog);
            }
            catch (SocketException failure)
            {
                socket?.Dispose();
                if (_sockets.Count > 0 && failure.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
                {
                    // A machine without IPv6 has a localhost all the same.
                    continue;
                }

                throw new MediaMagicException(ErrorOf(prefix.Text, Port, failure), failure);
            }

            _sockets.Add(socket);
            Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }

    private static ApiError ErrorOf(string prefix, int port, SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => LocalErrors.PortInUse(prefix, port),
        SocketError.AccessDenied => LocalErrors.ListenDenied(prefix, port),
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => LocalErrors.InvalidPrefix(prefix, "this machine does not have that address"),
        _ => LocalErrors.InvalidPrefix(prefix, failure.Message),
    };

    private async Task AcceptAsync(Socket socket, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Socket client = await socket.AcceptAsync(stop).ConfigureAwait(false);
                await SeatAsync(new WebhookConnection(client, new NetworkStream(client, ownsSocket: true), _reception, _clock, Changed), stop).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is SocketException or IOException && !stop.IsCancellationRequested)
            {
                // The client left again, or the machine has no descriptor to spare: others may fare better in a moment.
                await _clock.Delay(s_pause, stop).ConfigureAwait(false);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // A full listener closes the client that has been idle longest.
    private async Task SeatAsync(WebhookConnection connection, CancellationToken stop)
    {
        Task place = _free.WaitAsync(stop);
        while (!place.IsCompleted)
        {
            Task change = NextChange();
            if (_connections.Keys.OrderBy(static other => other.Since).Any(static other => other.EndIdle()))
            {
                break;
            }

            await Task.WhenAny(place, change).ConfigureAwait(false);
        }

        try
        {
            await place.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            connection.Dispose();
            throw;
        }

        Serve(connection, stop);
    }

    private void Serve(WebhookConnection connection, CancellationToken stop)
    {
        TaskCompletionSource<bool> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = over.Task;
        _ = Task.Run(async () =>
        {
            try
            {
                await connection.RunAsync().ConfigureAwait(false);
            }
            finally
            {
                // However it ended: a place that is not given back is lost to all clients to come.
                _connections.TryRemove(connection, out _);
                _free.Release();
                over.TrySetResult(true);
                Changed();
            }
        }, CancellationToken.None);
        if (stop.IsCancellationRequested)
        {
            connection.End();
        }
    }

    private void Changed() => Interlocked.Exchange(ref _change, null)?.TrySetResult(true);

    // Goes on until the last answer is written, also behind the end.
    private void Sweep()
    {
        foreach (WebhookConnection connection in _connections.Keys)
        {
            connection.CheckTime();
        }

        if (_stop.IsCancellationRequested && _connections.IsEmpty)
        {
            _sweeper.Dispose();
        }
    }
}
