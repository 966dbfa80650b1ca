using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;
using Xunit.Abstractions;

namespace MediaMagic.Tests.Transfer;

/// <summary>
/// Two hundred uploads through a service and a storage that misbehave at random, but repeatably. Bytes of direct uploads are not flipped: the service
/// returns no checksum of what it received, so that no client could notice.
/// </summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    private const int Runs = 200;

    // Fewer would say nothing about the checksums. About twice as many are flipped in uploads that end whole.
    private const int MinFlippedBytes = 60;

    [Fact]
    public async Task Every_upload_ends_whole_or_says_why()
    {
        using UploadFixture fixture = new(options => options.Seed = 7);
        using UploadFixture without = new(options => (options.Seed, options.RefuseBlocks) = (7, true));
        using TempFile file = new(10);
        SortedDictionary<string, int> ends = [];
        long noticed = 0;
        for (int seed = 0; seed < Runs; seed++)
        {
            UploadFixture next = seed % 10 == 9 ? without : fixture;
            long flipped = next.Simulator.FlippedBytes;
            string end = await RunAsync(next, file, seed);
            ends[end] = ends.GetValueOrDefault(end) + 1;

            // A whole blob has none of the flipped bytes, so that each of them was noticed.
            noticed += IsWhole(end) ? next.Simulator.FlippedBytes - flipped : 0;
        }

        foreach ((string end, int count) in ends)
        {
            output.WriteLine($"{count,4} {end}");
        }

        output.WriteLine($"{fixture.Simulator.RequestCount + without.Simulator.RequestCount} requests, {fixture.Simulator.BlockUploads} blocks");
        output.WriteLine($"{fixture.Simulator.FlippedBytes + without.Simulator.FlippedBytes} bytes flipped, {noticed} of them in uploads that ended whole");
        Assert.True(ends.Where(end => IsWhole(end.Key)).Sum(end => end.Value) > Runs / 2);
        Assert.True(noticed >= MinFlippedBytes);
        Assert.Empty(fixture.Simulator.Violations);
        Assert.Empty(without.Simulator.Violations);
    }

    private static bool IsWhole(string end) => end.StartsWith("whole", StringComparison.Ordinal);

    private static async Task<string> RunAsync(UploadFixture fixture, TempFile file, int seed)
    {
        Random random = new(seed);
        file.Write(random.Next(3) switch
        {
            0 => random.Next(16, UploadFixture.DirectLimit + 1),
            1 => random.Next(16, UploadFixture.SinglePutLimit + 1),
            _ => random.Next(UploadFixture.SinglePutLimit + 1, 16 * UploadFixture.BlockSize),
        }, seed);
        Misbehave(fixture.Simulator, random);
        using CancellationTokenSource over = new();
        int[] expiries = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 12))];
        Task expiring = ExpireAsync(fixture.Simulator, expiries, over.Token);
        UploadRequest request = UploadFixture.Request(file.Path, random.Next(4) == 0 ? UploadMethod.Presigned : UploadMethod.Auto, $"{seed}.mp4");
        request.MaxParallelBlocks = random.Next(1, 17);
        try
        {
            using MediaMagicClient client = TestClient.Of(fixture.Simulator.BaseUri, fixture.Simulator.ApiKey, options => options.BreakerThreshold = 1000);
            UploadFixture.Limit(client, idleSeconds: 10);
            Upload upload = await client.Files.UploadAsync(request);
            fixture.Simulator.ClearFaults();
            BlobInfo blob = fixture.Simulator.FindBlob(upload.BlobPath!)!;
            Assert.Equal((file.Sha256, file.Length), (blob.Sha256, blob.Length));
            return $"whole, {upload.Method}{(upload.BlockCount > 0 ? " in blocks" : string.Empty)}";
        }
        catch (MediaMagicException failure)
        {
            Assert.NotEqual(ErrorCode.Unknown, failure.Error.Code);
            Assert.NotEmpty(failure.Error.Message);
            Assert.NotNull(failure.Error.RecommendedAction);
            return $"{failure.Error.System} {failure.Error.StatusCode} {failure.Error.Code}";
        }
        finally
        {
            fixture.Simulator.ClearFaults();
            await over.CancelAsync();
            await expiring;
            await fixture.AssertQuietAsync();
        }
    }

    private static void Misbehave(SimulatorServer simulator, Random random)
    {
        double badness = random.NextDouble() * 0.3;
        foreach (string endpoint in new[] { "PUT block", "PUT blocklist", "PUT blob", "POST /uploads/url", "POST /uploads/direct" })
        {
            if (endpoint is "PUT block" or "PUT blob")
            {
                Add(new SimulatorFault { FlipByte = true });
                Add(new SimulatorFault { FlipByte = true, Status = 500, AfterWork = true });
                Add(new SimulatorFault { FlipByte = true, DropConnection = DropConnection.After });
            }

            Add(new SimulatorFault { Status = random.Next(2) == 0 ? 500 : 502 });
            Add(new SimulatorFault { Status = 500, AfterWork = true });
            Add(new SimulatorFault { DropConnection = (DropConnection)random.Next(1, 4) });
            Add(new SimulatorFault { DelayMs = random.Next(1, 30) });

            void Add(SimulatorFault fault)
            {
                fault.Endpoint = endpoint;
                fault.Count = 0;
                fault.Probability = badness;
                simulator.AddFault(fault);
            }
        }
    }

    // Each time after so many further requests.
    private static async Task ExpireAsync(SimulatorServer simulator, int[] expiries, CancellationToken stop)
    {
        try
        {
            foreach (int requests in expiries)
            {
                long target = simulator.RequestCount + requests;
                await simulator.WaitForAsync(() => simulator.RequestCount >= target, stop);
                simulator.ExpireUploadUrls();
            }
        }
        catch (OperationCanceledException)
        {
            // The upload was quicker.
        }
    }
}
