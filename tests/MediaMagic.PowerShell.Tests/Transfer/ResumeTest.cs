using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>An upload of twenty blocks that can be interrupted, and resumed by another client.</summary>
public abstract class ResumeTest : IDisposable
{
    protected const int Blocks = 20;
    protected const int Parallel = 4;
    protected const int Sent = 8;
    protected const int Length = Blocks * UploadFixture.BlockSize;

    /// <summary>Gets the service and its client.</summary>
    protected UploadFixture Fixture { get; } = new();

    /// <summary>Gets the file.</summary>
    protected TempFile Media { get; } = new(Length);

    /// <summary>Gets the folder of journals.</summary>
    protected string State { get; } = Directory.CreateTempSubdirectory("mediamagic-state-").FullName;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Fixture.Dispose();
        Media.Dispose();
        Directory.Delete(State, recursive: true);
    }

    // Every upload's block ids begin alike; what an interrupted one still had on the way may arrive at any time.
    protected int BlocksOfLastUpload()
    {
        string[] ids = [.. Fixture.Simulator.Requests
            .Where(request => request.Path.Contains("comp=block&", StringComparison.Ordinal) && request.Status == 201)
            .Select(request => Uri.UnescapeDataString(request.Path[(request.Path.IndexOf("blockid=", StringComparison.Ordinal) + 8)..])[..14])];
        return ids.Count(id => id == ids[^1]);
    }

    private protected UploadRequest Request()
    {
        UploadRequest request = UploadFixture.Request(Media.Path);
        request.StateFolder = State;
        request.MaxParallelBlocks = Parallel;
        return request;
    }

    // The files of users are too large to be read for their content first.
    private protected async Task<Upload> ResumeAsync(IProgress<UploadProgress>? progress = null, bool startOver = false, ContentDigest? digest = null)
    {
        using MediaMagicClient client = TestClient.Of(Fixture.Simulator.BaseUri, Fixture.Simulator.ApiKey);
        UploadFixture.Limit(client, maxIdentified: 0);
        UploadRequest request = Request();
        (request.StartOver, request.Digest) = (startOver, digest);
        return await client.Files.UploadAsync(request, progress);
    }

    // Sends some of the blocks: when all senders wait with the next ones, the first are sent and noted.
    protected async Task InterruptAsync()
    {
        TaskCompletionSource stopped = new();
        Fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Count = Sent });
        Fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Until = stopped.Task, DropConnection = DropConnection.Before, Count = 0 });
        using CancellationTokenSource stop = new();
        Task<Upload> sending = Fixture.Client.Files.UploadAsync(Request(), null, stop.Token);
        await Fixture.UntilAsync(() => Fixture.Simulator.RequestCount == 1 + Sent + Parallel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        stopped.SetResult();
        await Fixture.AssertQuietAsync();
        Fixture.Simulator.ClearFaults();
        Assert.Equal(Sent, Fixture.Simulator.BlockUploads);
    }
}
