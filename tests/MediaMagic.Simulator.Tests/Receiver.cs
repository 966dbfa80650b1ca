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
    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<int> _answers;

    public Receiver(params int[] answers)
    {
        _answers = new ConcurrentQueue<int>(answers);
        _listener = FreePort.Listen(static port => HttpHost.Listen(UrlOf(port)), out int bound);
        Url = UrlOf(bound);
        _ = RunAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<(byte[] Body, Dictionary<string, string> Headers)> Received { get; } = new();

    public void Dispose() => _listener.Close();

    private static string UrlOf(int port) => $"http://127.0.0.1:{port}/hook/";

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
