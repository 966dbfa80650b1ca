using System;
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
        _stop.Cancel();
        _listener.Abort();
        _stop.Dispose();
    }

    private static HttpListener Listen(int port, out int bound)
    {
        for (int attempt = 1; ; attempt++)
        {
            bound = port == 0 ? FreePort.Find() : port;
            HttpListener listener = new() { IgnoreWriteExceptions = true };
            try
            {
                listener.Prefixes.Add($"http://127.0.0.1:{bound}/");
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (port == 0 && attempt < StartAttempts)
            {
                listener.Close();
            }
            catch (HttpListenerException)
            {
                listener.Close();
                throw;
            }
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

            _ = _dispatcher.HandleAsync(context, stop);
        }
    }
}
