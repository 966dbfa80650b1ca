using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>A storage emulator of one's own on a free port, in memory.</summary>
public sealed class Azurite : IAsyncLifetime, IDisposable
{
    private const string Container = "assets";
    private const string Ready = "Azurite Blob service successfully listens on ";
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private Process? _process;
    private Uri? _root;

    /// <summary>Where npm puts the emulator.</summary>
    public static string Script { get; } = Path.Combine(FindTests(), "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");

    public async Task InitializeAsync()
    {
        if (!File.Exists(Script))
        {
            return; // The tests are skipped, or fail in CI when they need it.
        }

        string[] arguments = [Script, "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"];
        TaskCompletionSource<Uri?> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null || line.Data.StartsWith(Ready, StringComparison.Ordinal))
            {
                ready.TrySetResult(line.Data is string text ? new Uri(text[Ready.Length..] + "/") : null);
            }
        };
        _process.BeginOutputReadLine();
        _root = await ready.Task.WaitAsync(TimeSpan.FromMinutes(2)) ?? throw new InvalidOperationException("The storage emulator ended before it was ready.");
        using HttpResponseMessage response = await _http.PutAsync(StorageSignature.SignAccount(_root, Container), new ByteArrayContent([]));
        response.EnsureSuccessStatusCode();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        _http.Dispose();
    }

    /// <summary>A signed address of a blob.</summary>
    public Uri Sign(string blob, string permissions = "cw", TimeSpan? life = null) =>
        StorageSignature.SignBlob(_root ?? throw new InvalidOperationException("The storage emulator is not installed."), Container, blob, permissions, life ?? TimeSpan.FromHours(1));

    /// <summary>Reads a blob back.</summary>
    public async Task<(byte[] Body, string? ContentType)> ReadAsync(string blob)
    {
        using HttpResponseMessage response = await _http.GetAsync(Sign(blob, "r"));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.ToString());
    }

    public async Task<bool> ExistsAsync(string blob)
    {
        using HttpResponseMessage response = await _http.GetAsync(Sign(blob, "r"));
        return response.StatusCode != HttpStatusCode.NotFound;
    }

    private static string FindTests()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MediaMagic.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? ".", "tests");
    }
}
