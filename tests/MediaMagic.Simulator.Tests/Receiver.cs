using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;

namespace MediaMagic.Simulator.Tests;

/// <summary>A webhook endpoint that answers as told and keeps what it got.</summary>
internal sealed class Receiver : IDisposable
{
    private const int MaxPorts = 20;

    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<int> _answers;

    public Receiver(params int[] answers)
    {
        _answers = new ConcurrentQueue<int>(answers);
        (_listener, Url) = Listen();
        _ = RunAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<(byte[] Body, Dictionary<string, string> Headers)> Received { get; } = new();

    public void Dispose() => _listener.Close();

    // A port that was free may be taken before the listener has it.
    private static (HttpListener Listener, string Url) Listen()
    {
        for (int left = MaxPorts; ; left--)
        {
            string url = $"http://127.0.0.1:{FreePort.Find()}/hook/";
            HttpListener listener = new() { Prefixes = { url } };
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (left > 0)
            {
                listener.Close();
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                Dictionary<string, string> headers = context.Request.Headers.AllKeys.OfType<string>()
                    .ToDictionary(name => name, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase);
                Received.Enqueue((body.ToArray(), headers));
                context.Response.StatusCode = _answers.TryDequeue(out int status) ? status : 200;
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
