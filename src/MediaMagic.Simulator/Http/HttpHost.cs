using System;
using System.Collections.Concurrent;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Listens on the loopback address and hands every request to the dispatcher.</summary>
internal sealed class HttpHost : IDisposable
{
    private const int StartAttempts = 20;
    private readonly HttpListener _listener;
    private readonly Dispatcher _dispatcher;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<HttpListenerContext, bool> _open = [];
    private volatile bool _stopped;

    public HttpHost(int port, Dispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        _listener = Listen(port, out int bound);
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

    private static HttpListener Listen(int port, out int bound)
    {
        for (int attempt = 1; ; attempt++)
        {
            bound = port == 0 ? FreePort.Find() : port;
            string address = $"http://127.0.0.1:{bound}/";
            try
            {
                // The name may stand for an address that cannot be used here; 127.0.0.1 alone will do then.
                return TryListen(address, $"http://localhost:{bound}/") ?? Listen(address);
            }
            catch (HttpListenerException) when (port == 0 && attempt < StartAttempts)
            {
                // Somebody took the port in between.
            }
        }
    }

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

    private static HttpListener Listen(params string[] prefixes)
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
