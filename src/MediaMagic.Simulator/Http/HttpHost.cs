using System;
using System.Collections.Concurrent;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Listens on the loopback address and hands every request to the dispatcher.</summary>
internal sealed class HttpHost : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Dispatcher _dispatcher;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<HttpListenerContext, bool> _open = [];
    private volatile bool _stopped;

    public HttpHost(int port, Dispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        int bound = port;
        _listener = port == 0 ? FreePort.Listen(ListenOn, out bound) : ListenOn(port);
        BaseUri = new Uri($"http://127.0.0.1:{bound}/");
    }

    public Uri BaseUri { get; }

    public void Run()
    {
        for (int i = 0; i < 2 * Math.Max(2, Environment.ProcessorCount); i++)
        {
            _ = Task.Run(AcceptAsync);
        }
    }

    public void Dispose()
    {
        _stopped = true;
        foreach (HttpListenerContext context in _open.Keys)
        {
            ClientConnection.Cut(context);
        }

        _stop.Cancel();
        _listener.Abort();
        _stop.Dispose();
    }

    /// <summary>Starts a listener.</summary>
    public static HttpListener Listen(params string[] prefixes)
    {
        HttpListener listener = new() { IgnoreWriteExceptions = true };
        try
        {
            foreach (string prefix in prefixes)
            {
                listener.Prefixes.Add(prefix);
            }

            listener.Start();
            return listener;
        }
        catch
        {
            listener.Close();
            throw;
        }
    }

    // The name may stand for an address that cannot be used here; 127.0.0.1 alone will do then.
    private static HttpListener ListenOn(int port) => TryListen($"http://127.0.0.1:{port}/", $"http://localhost:{port}/") ?? Listen($"http://127.0.0.1:{port}/");

    private static HttpListener? TryListen(params string[] prefixes)
    {
        try
        {
            return Listen(prefixes);
        }
        catch (HttpListenerException)
        {
            return null;
        }
    }

    private async Task AcceptAsync()
    {
        CancellationToken stop = _stop.Token;
        while (!_stopped)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                continue;
            }

            _ = HandleAsync(context, stop);
        }
    }

    private async Task HandleAsync(HttpListenerContext context, CancellationToken stop)
    {
        _open[context] = true;
        if (_stopped)
        {
            ClientConnection.Cut(context);
        }

        await _dispatcher.HandleAsync(context, stop).ConfigureAwait(false);
        _open.TryRemove(context, out _);
    }
}
