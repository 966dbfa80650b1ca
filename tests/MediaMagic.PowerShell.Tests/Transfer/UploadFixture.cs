using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>A simulator and a client whose limits are a fortieth of the real ones.</summary>
public sealed class UploadFixture : IDisposable
{
    public const int Kilo = 1024;
    public const int DirectLimit = 256 * Kilo;
    public const int SinglePutLimit = 1024 * Kilo;
    public const int BlockSize = 256 * Kilo;

    private readonly SimulatorFixture _fixture;

    public UploadFixture(Action<SimulatorOptions>? change = null, Action<MediaMagicClientOptions>? changeClient = null)
    {
        _fixture = new SimulatorFixture(change);
        Client = _fixture.ClientOf(Simulator.ApiKey, options =>
        {
            options.BreakerThreshold = 1000;
            changeClient?.Invoke(options);
        });
        Limit(Client);
    }

    public SimulatorServer Simulator => _fixture.Simulator;

    public MediaMagicClient Client { get; }

    public static void Limit(MediaMagicClient client, double idleSeconds = 30, long maxIdentified = 64L * 1024 * 1024) => client.Transfer.Limits = new TransferOptions
    {
        DirectLimit = DirectLimit,
        BlocksFrom = SinglePutLimit + 1,
        MaxIdentified = maxIdentified,
        IdleTimeout = TimeSpan.FromSeconds(idleSeconds),
    };

    /// <summary>Returns a fault that rejects an operation with a code of storage. A count of 0 rejects it every time.</summary>
    public static SimulatorFault Rejection(string operation, string code, int count) => new()
    {
        Endpoint = operation,
        Status = 400,
        Count = count,
        Headers = new Dictionary<string, string> { ["x-ms-error-code"] = code },
        Body = $"<Error><Code>{code}</Code></Error>",
    };

    public static UploadRequest Request(string path, UploadMethod method = UploadMethod.Auto, string? name = null) =>
        new() { Path = path, ContentType = "video/mp4", Method = method, FileName = name, BlockSizeBytes = BlockSize };

    public Task<Upload> SendAsync(string path, UploadMethod method = UploadMethod.Auto, string? name = null, CancellationToken stop = default) =>
        Client.Files.UploadAsync(Request(path, method, name), null, stop);

    /// <summary>Storage holds exactly the file.</summary>
    public void AssertWhole(TempFile file, Upload upload)
    {
        BlobInfo blob = Simulator.FindBlob(upload.BlobPath!)!;
        Assert.Equal(file.Length, blob.Length);
        Assert.Equal(file.Sha256, blob.Sha256);
        Assert.Equal("video/mp4", blob.ContentType);
        Assert.Empty(Simulator.Violations);
    }

    /// <summary>Nothing is under way any more.</summary>
    public Task AssertQuietAsync() => UntilAsync(() => Simulator.OpenRequests == 0);

    /// <summary>Waits for a state of the service; one that never comes about fails the test.</summary>
    public Task UntilAsync(Func<bool> condition) => Simulator.WaitForAsync(condition).WaitAsync(TimeSpan.FromMinutes(2));

    public void Dispose()
    {
        Client.Dispose();
        _fixture.Dispose();
    }
}
