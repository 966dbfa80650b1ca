using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace MediaMagic.Bench.Webhooks;

/// <summary>A PowerShell that receives, and writes the ids of the events to a file.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Process _process;

    private Receiver(int port, int count)
    {
        Url = $"http://127.0.0.1:{port}/";
        string manifest = Directory.EnumerateFiles(Path.GetFullPath("output/MediaMagic"), "MediaMagic.psd1", SearchOption.AllDirectories).Order().LastOrDefault()
            ?? throw new FileNotFoundException("The module is not staged. Run ./build.ps1 first, and this in the repository's folder.");
        string script = $"Import-Module '{manifest}'; Receive-MMWebhookEvent '{Url}' $env:BENCH_SECRET -Count {count} | ForEach-Object Id | Set-Content '{_file}'";
        ProcessStartInfo start = new("pwsh", ["-NoProfile", "-NonInteractive", "-Command", script]);
        start.Environment["BENCH_SECRET"] = Secret;
        _process = Process.Start(start)!;
    }

    public string Url { get; }

    public string Secret { get; } = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));

    public static async Task<Receiver> StartAsync(int count)
    {
        int port = FreePort();
        Receiver receiver = new(port, count);
        while (!await ListensAsync(port))
        {
            if (receiver._process.HasExited)
            {
                throw new InvalidOperationException("The receiver ended before it listened.");
            }

            await Task.Delay(20);
        }

        return receiver;
    }

    /// <summary>The ids that were written, once the receiver has ended.</summary>
    public async Task<string[]> EndAsync()
    {
        await _process.WaitForExitAsync();
        return await File.ReadAllLinesAsync(_file);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        File.Delete(_file);
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
