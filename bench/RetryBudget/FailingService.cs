using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bench.RetryBudget;

/// <summary>A service that answers a share of all requests with 500, in a random order that is always the same.</summary>
internal sealed class FailingService : IDisposable
{
    private static readonly byte[] s_success = Encoding.UTF8.GetBytes("""{"submissionId":"s","status":"complete","assets":[]}""");
    private static readonly byte[] s_failure = Encoding.UTF8.GetBytes("""{"detail":"Internal server error"}""");
    private readonly HttpListener _listener = new();
    private readonly Random _random = new(1);
    private readonly double _failing;
    private long _requests;

    public FailingService(double failing)
    {
        _failing = failing;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Gets the address of the service.</summary>
    public Uri Address { get; }

    /// <summary>Gets how many requests arrived.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }

            _ = AnswerAsync(context.Response);
        }
    }

    private async Task AnswerAsync(HttpListenerResponse response)
    {
        Interlocked.Increment(ref _requests);
        bool fails;
        lock (_random)
        {
            fails = _random.NextDouble() < _failing;
        }

        await Task.Delay(20);
        response.StatusCode = fails ? 500 : 200;
        response.ContentType = "application/json";
        try
        {
            await response.OutputStream.WriteAsync(fails ? s_failure : s_success);
            response.Close();
        }
        catch (HttpListenerException)
        {
            // The caller has gone.
        }
    }
}
