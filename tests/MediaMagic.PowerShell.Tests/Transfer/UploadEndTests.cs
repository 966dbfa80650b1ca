using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Uploads that end early: cancelled, stalled, or of a file that changes.</summary>
public sealed class UploadEndTests
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(2);
    private static readonly TaskCompletionSource s_never = new();

    [Theory]
    [InlineData("POST /uploads/direct", 1, 1)]
    [InlineData("POST /uploads/url", 2, 1)]
    [InlineData("PUT blob", 2, 2)]
    [InlineData("PUT block", 20, 1 + 4)]
    [InlineData("PUT blocklist", 20, 1 + 20 + 1)]
    public async Task Cancelling_ends_every_phase_at_once_and_leaves_nothing_open(string phase, int kilobytes, int requests)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(kilobytes * UploadFixture.Kilo);
        fixture.Client.Transfer.Limits = new TransferOptions { DirectLimit = UploadFixture.Kilo, BlocksFrom = (2 * UploadFixture.Kilo) + 1 };
        UploadRequest request = UploadFixture.Request(file.Path);
        request.BlockSizeBytes = UploadFixture.Kilo;
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = phase, Until = s_never.Task, Count = 0 });
        using CancellationTokenSource stop = new();
        Task<Upload> sending = fixture.Client.Files.UploadAsync(request, null, stop.Token);
        await fixture.UntilAsync(() => fixture.Simulator.RequestCount == requests);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(s_hang));

        // Nothing was answered, so only the client can have ended the requests; they are so small that their end is never held up behind them.
        await fixture.AssertQuietAsync();
        Assert.Equal(499, fixture.Simulator.Requests[^1].Status);
        Assert.Equal(requests, fixture.Simulator.RequestCount);
        Assert.False(fixture.Simulator.FindBlob(fixture.Simulator.WorkspaceId + "/clip.mp4")?.Exists ?? false);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_before_a_retry()
    {
        using UploadFixture fixture = new(changeClient: options => options.RetryBaseDelay = options.MaxRetryDelay = TimeSpan.FromHours(1));
        using TempFile file = new(20 * UploadFixture.BlockSize);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Status = 500, Count = 0 });
        using CancellationTokenSource stop = new();
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Onlooker onlooker = new() { Waiting = waiting };
        Task<Upload> sending = fixture.Client.Observed(onlooker).Files.UploadAsync(UploadFixture.Request(file.Path), null, stop.Token);
        await waiting.Task.WaitAsync(s_hang);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(s_hang));
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_no_connection_to_storage()
    {
        TaskCompletionSource received = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            received.SetResult();
            await connection.UntilClosedAsync();
        });
        using UploadFixture fixture = new();
        using TempFile file = new(UploadFixture.SinglePutLimit);
        fixture.Simulator.AddFault(UrlOf(server));
        using CancellationTokenSource stop = new();
        Task<Upload> sending = fixture.SendAsync(file.Path, stop: stop.Token);
        await received.Task.WaitAsync(s_hang);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(s_hang));
        await server.Closed.Task.WaitAsync(s_hang);
        Assert.DoesNotContain(server.Requests, static head => head.Contains("X-API-Key", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Storage_that_falls_silent_is_left_and_tried_again(bool direct)
    {
        int turn = 0;
        FakeClock clock = new();
        using SemaphoreSlim still = new(1);
        using TempFile file = new(direct ? 1000 : UploadFixture.SinglePutLimit);
        string stored = $"HTTP/1.1 201 Created\r\nx-ms-content-crc64: {StorageCrc.Of(File.ReadAllBytes(file.Path))}\r\nContent-Length: 0\r\n\r\n";
        using RawServer server = new(async connection =>
        {
            await connection.ReadRequestAsync();
            if (Interlocked.Increment(ref turn) < 3)
            {
                // Bytes that move at the same time delay the timeout, but not for so long. The gate stops the client until the clock stands still again.
                await still.WaitAsync();
                clock.Advance(10 * s_idle);
                still.Release();
                await connection.UntilClosedAsync();
                return;
            }

            await connection.WriteAsync(direct ? RawServer.Ok("""{"blobPath":"w/clip.mp4"}""") : stored);
        });
        using UploadFixture fixture = new();
        using MediaMagicClient client = TestClient.Of(direct ? server.BaseUri : fixture.Simulator.BaseUri, fixture.Simulator.ApiKey, options =>
        {
            options.TimeProvider = clock;
            options.RetryBaseDelay = TimeSpan.Zero;
            options.Handler = options.StorageHandler = () => new GatedHandler(options, still);
        });
        UploadFixture.Limit(client, s_idle.TotalSeconds);
        fixture.Simulator.AddFault(UrlOf(server));
        Upload upload = await client.Files.UploadAsync(UploadFixture.Request(file.Path)).WaitAsync(s_hang);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(20 * s_idle, upload.Duration);
    }

    [Fact]
    public async Task An_early_refusal_is_read_although_the_connection_is_cut()
    {
        using RawServer server = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 413 Too Large\r\nx-ms-error-code: RequestBodyTooLarge\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            connection.Reset();
        });
        using UploadFixture fixture = new();
        using TempFile file = new(UploadFixture.SinglePutLimit);
        fixture.Simulator.AddFault(UrlOf(server));
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.True(failure.Error.StatusCode == 413 || failure.Error.Code == ErrorCode.ConnectionFailed, failure.ToString());
    }

    [Fact]
    public async Task Storage_that_redirects_is_not_followed()
    {
        using RawServer other = RawServer.Always("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        using RawServer server = RawServer.Always($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {other.BaseUri}\r\nContent-Length: 0\r\n\r\n");
        using UploadFixture fixture = new();
        using TempFile file = new(UploadFixture.SinglePutLimit);
        fixture.Simulator.AddFault(UrlOf(server));
        await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData(200 * 1024, "longer")]
    [InlineData(UploadFixture.SinglePutLimit, "longer")]
    [InlineData(20 * UploadFixture.BlockSize, "longer")]
    [InlineData(20 * UploadFixture.BlockSize, "shorter")]
    [InlineData(20 * UploadFixture.BlockSize, "touched")]
    [InlineData(20 * UploadFixture.BlockSize, "replaced")]
    [InlineData(20 * UploadFixture.BlockSize, "deleted")]
    public async Task A_file_that_changes_under_way_is_refused_and_not_committed(int length, string change)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(length);
        string other = file.Also("other.mp4", length, 2);
        int seen = 0;
        Progress progress = new(_ =>
        {
            if (Interlocked.Increment(ref seen) == 1)
            {
                Change(file.Path, other, change);
            }
        });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.Client.Files.UploadAsync(UploadFixture.Request(file.Path), progress));
        Assert.Equal(ErrorCode.FileChanged, failure.Error.Code);
        Assert.False(fixture.Simulator.FindBlob(fixture.Simulator.WorkspaceId + "/clip.mp4")?.Exists ?? false);
        await fixture.AssertQuietAsync();
    }

    [Fact]
    public async Task Progress_never_steps_back_and_ends_at_the_end()
    {
        HastyClock clock = new();
        using UploadFixture fixture = new(changeClient: options =>
        {
            options.TimeProvider = clock;
            options.StorageHandler = () => new BeforeEach(options, () => clock.Advance(TimeSpan.FromMilliseconds(100)));
        });
        using TempFile file = new(40 * UploadFixture.BlockSize);

        // A block is sent five times. With more faults, one block could meet five of them.
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Status = 500, AfterWork = true, Count = 4 });
        List<UploadProgress> updates = [];
        Upload upload = await fixture.Client.Files.UploadAsync(UploadFixture.Request(file.Path), new Progress(updates.Add));
        Assert.InRange(updates.Count, 10, (upload.Duration.TotalSeconds * 5) + 2);
        Assert.Equal(updates.Select(update => update.BytesSent).Order(), updates.Select(update => update.BytesSent));
        Assert.All(updates, update => Assert.Equal(file.Length, update.TotalBytes));
        Assert.Equal((file.Length, 100), (updates[^1].BytesSent, updates[^1].Percent));
        Assert.Equal(TimeSpan.Zero, updates[^1].TimeLeft);
    }

    private static SimulatorFault UrlOf(RawServer server) => new()
    {
        Endpoint = "POST /uploads/url",
        Status = 200,
        Count = 0,
        Body = $$"""{"uploadUrl":"{{server.BaseUri}}blob?sig=x","blobPath":"w/clip.mp4","expiresAt":"2100-01-01T00:00:00Z"}""",
    };

    private static void Change(string path, string other, string how)
    {
        switch (how)
        {
            case "longer":
                File.AppendAllText(path, "more");
                break;
            case "shorter":
                using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            case "touched":
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
                break;
            case "replaced":
                File.SetLastWriteTimeUtc(other, DateTime.UtcNow.AddMinutes(1));
                File.Move(other, path, overwrite: true);
                break;
            default:
                File.Delete(path);
                break;
        }
    }
}
