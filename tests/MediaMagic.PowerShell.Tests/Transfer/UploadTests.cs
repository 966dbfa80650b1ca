using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Files of all sizes and names go whole, each on its way.</summary>
public sealed class UploadTests
{
    [Theory]
    [InlineData(12, "Direct", 0)]
    [InlineData(UploadFixture.DirectLimit, "Direct", 0)]
    [InlineData(UploadFixture.DirectLimit + 1, "Presigned", 0)]
    [InlineData(UploadFixture.SinglePutLimit, "Presigned", 0)]
    [InlineData(UploadFixture.SinglePutLimit + 1, "Presigned", 5)]
    [InlineData((20 * UploadFixture.BlockSize) + 77, "Presigned", 21)]
    public async Task A_file_goes_the_way_that_its_size_asks_for(int length, string method, int blocks)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(length);
        Upload upload = await fixture.SendAsync(file.Path);
        fixture.AssertWhole(file, upload);
        Assert.Equal((file.Path, method, blocks, "video/mp4", (long)length), (upload.Path, upload.Method, upload.BlockCount, upload.ContentType, upload.Length));
        Assert.Equal(upload.BlobPath, upload.ToString());
        Assert.True(upload.Duration > TimeSpan.Zero && upload.BytesPerSecond > 0);
        BlobInfo blob = fixture.Simulator.FindBlob(upload.BlobPath!)!;
        Assert.Equal((blocks, blocks > 0 ? 1 : 0), (blob.PutBlockCount, blob.CommitCount));
        await fixture.AssertQuietAsync();
    }

    [Fact]
    public void The_limits_are_the_documented_ones()
    {
        TransferOptions limits = new();
        Assert.Equal(10L * 1024 * 1024, limits.DirectLimit);
        Assert.Equal(64L * 1024 * 1024, limits.BlocksFrom);
        Assert.Equal(TimeSpan.FromSeconds(30), limits.IdleTimeout);
        Assert.Equal((16, 8L * 1024 * 1024), (new UploadRequest().MaxParallelBlocks, new UploadRequest().BlockSizeBytes));
    }

    [Theory]
    [InlineData(5L * 1024 * 1024 * 1024, 8L * 1024 * 1024, 8L * 1024 * 1024)]
    [InlineData(500_000L * 1024 * 1024, 8L * 1024 * 1024, 10L * 1024 * 1024)]
    [InlineData(5L * 1024 * 1024 * 1024, 1, 131_072)]
    public void Blocks_grow_so_that_fifty_thousand_suffice(long length, long wanted, long expected)
    {
        long size = BlockPlan.Fit(length, wanted);
        Assert.InRange(size, expected, expected + 0x10000);
        BlockPlan plan = new(length, size);
        Assert.InRange(plan.Count, 1, BlockPlan.MaxBlocks);
        Assert.Equal(length, plan.OffsetOf(plan.Count - 1) + plan.LengthOf(plan.Count - 1));
        Assert.Single(Enumerable.Range(0, Math.Min(plan.Count, 1000)).Select(index => BlockPlan.IdOf(new byte[BlockPlan.NonceLength], index).Length).Distinct());
    }

    [Theory]
    [InlineData("Ünïcødé 文件 🎬.mp4")]
    [InlineData("a b+c%20d&e=f#g.mp4")]
    [InlineData("it's \"quoted\".mp4")]
    [InlineData("semi;colon,comma.mp4")]
    [InlineData(".mp4")]
    public async Task Odd_names_arrive_as_they_are(string name)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(1000, name);

        // A service may change such a name, so that its blob path has to be known before a byte is sent.
        Upload upload = await fixture.SendAsync(file.Path);
        Assert.Equal(name == ".mp4" ? "Direct" : "Presigned", upload.Method);
        Assert.EndsWith("/" + name, upload.BlobPath, StringComparison.Ordinal);
        fixture.AssertWhole(file, upload);
        Upload direct = await fixture.SendAsync(file.Path, UploadMethod.Direct, "direct " + name);
        Assert.EndsWith("/direct " + name, direct.BlobPath, StringComparison.Ordinal);
        fixture.AssertWhole(file, direct);
        foreach (int length in new[] { 1000, UploadFixture.SinglePutLimit + 1 })
        {
            string longer = $"{length} {name}";
            file.Write(length, 2);
            Upload presigned = await fixture.SendAsync(file.Path, UploadMethod.Presigned, longer);
            Assert.EndsWith("/" + longer, presigned.BlobPath, StringComparison.Ordinal);
            fixture.AssertWhole(file, presigned);
        }
    }

    [Fact]
    public async Task A_file_without_bytes_goes_too()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(0);
        Upload upload = await fixture.SendAsync(file.Path, UploadMethod.Presigned);
        fixture.AssertWhole(file, upload);
        MediaMagicException refused = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path, UploadMethod.Direct, "empty.mp4"));
        Assert.Equal(ErrorCode.UnsupportedContentType, refused.Error.Code);
    }

    [Fact]
    public async Task A_link_goes_under_its_own_name_with_what_it_leads_to()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(5000);
        string link = Path.Combine(file.Folder, "link.mp4");
        File.CreateSymbolicLink(link, file.Path);
        Upload upload = await fixture.SendAsync(link);
        Assert.EndsWith("/link.mp4", upload.BlobPath, StringComparison.Ordinal);
        fixture.AssertWhole(file, upload);
    }

    [Fact]
    public async Task A_read_only_file_and_one_that_another_program_has_open_go()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(UploadFixture.SinglePutLimit * 2);
        File.SetAttributes(file.Path, FileAttributes.ReadOnly);
        fixture.AssertWhole(file, await fixture.SendAsync(file.Path));
        File.SetAttributes(file.Path, FileAttributes.Normal);
        using FileStream other = new(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        fixture.AssertWhole(file, await fixture.SendAsync(file.Path, UploadMethod.Auto, "open.mp4"));
    }

    [Fact]
    public async Task What_is_no_file_is_said_so_and_nothing_is_sent()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(10);
        await FailsAsync(Path.Combine(file.Folder, "missing.mp4"), ErrorCode.FileNotFound);
        await FailsAsync(Path.Combine(file.Folder, "no", "folder.mp4"), ErrorCode.FileNotFound);
        await FailsAsync(file.Folder, ErrorCode.FileInvalid);
        await FailsAsync("a\0b", ErrorCode.FileInvalid);
        string dangling = Path.Combine(file.Folder, "dangling.mp4");
        File.CreateSymbolicLink(dangling, "nowhere");
        await FailsAsync(dangling, ErrorCode.FileNotFound);
        Assert.Equal(0, fixture.Simulator.RequestCount);

        async Task FailsAsync(string path, string code) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(path))).Error.Code);
    }

    [Fact]
    public async Task What_the_service_finds_too_large_for_the_direct_way_goes_the_other()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(1000);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", Status = 413 });
        Upload upload = await fixture.SendAsync(file.Path);
        Assert.Equal("Presigned", upload.Method);
        fixture.AssertWhole(file, upload);
    }

    [Fact]
    public async Task Storage_never_sees_the_key_and_gets_no_MD5()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(UploadFixture.SinglePutLimit * 2);
        await fixture.SendAsync(file.Path);
        SimulatorRequest[] blocks = [.. fixture.Simulator.Requests.Where(request => request.Path.Contains("comp=block&", StringComparison.Ordinal))];
        Assert.Equal(8, blocks.Length);
        Assert.All(blocks, block => Assert.True(!block.Headers.ContainsKey("Content-MD5") && !block.Headers.ContainsKey("X-API-Key")));
        Assert.Empty(fixture.Simulator.Violations);
    }

    [Theory]
    [InlineData("", "video/mp4", 1, 1)]
    [InlineData("clip.mp4", " ", 1, 1)]
    [InlineData("clip.mp4", "video/mp4", 0, 1)]
    [InlineData("clip.mp4", "video/mp4", 65, 1)]
    [InlineData("clip.mp4", "video/mp4", 1, 0)]
    [InlineData("clip.mp4", "video/mp4", 1, long.MaxValue)]
    public async Task What_makes_no_sense_is_refused(string path, string type, int parallel, long blockSize)
    {
        using UploadFixture fixture = new();
        UploadRequest request = new() { Path = path, ContentType = type, MaxParallelBlocks = parallel, BlockSizeBytes = blockSize };
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client.Files.UploadAsync(request));
        Assert.Equal(0, fixture.Simulator.RequestCount);
    }
}
