using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Against a real storage emulator: what is written here by hand is what storage understands.</summary>
public sealed class AzuriteTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private const int Middle = UploadFixture.SinglePutLimit;
    private const int Large = (7 * UploadFixture.BlockSize) + 3;
    private readonly UploadFixture _fixture = new();

    [AzuriteFact]
    public async Task A_file_goes_whole_in_one_request() => await SendAsync("w/one.mp4", Middle, 0);

    [AzuriteFact]
    public async Task A_file_goes_in_blocks() => await SendAsync("w/blocks.mp4", Large, 8);

    [AzuriteFact]
    public async Task A_file_goes_in_blocks_of_the_real_size() => await SendAsync("w/real.mp4", 70 * 1024 * 1024, 9, 8 * 1024 * 1024);

    [AzuriteFact]
    public async Task A_file_without_bytes_goes() => await SendAsync("w/none.mp4", 0, 0);

    [AzuriteFact]
    public async Task Odd_names_go() => await SendAsync("w/Ünïcødé 文件 +%20&#.mp4", Large, 8);

    [AzuriteFact]
    public async Task A_blob_is_overwritten_and_the_list_may_be_put_twice()
    {
        await SendAsync("w/twice.mp4", Middle, 0);
        using (UploadFixture another = new())
        {
            await SendAsync("w/twice.mp4", Large, 8, fixture: another);
        }

        using TempFile file = new(Large);
        using SourceFile source = SourceFile.Open(file.Path);
        BlockPlan plan = new(Large, Large);
        FilePart part = Parts.Of(source, TimeProvider.System);
        ApiAnswer block = await TryAsync("w/list.mp4", StorageOperation.PutBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 0), part));
        Assert.Equal((201, StorageOperation.TextOf(part.Crc)), (block.Status, block.HeaderOf(StorageOperation.Crc64Header)));
        Assert.Equal(201, (await TryAsync("w/list.mp4", StorageOperation.PutBlockList(BlockPlan.ListOf(Enumerable.Range(0, plan.Count).Select(index => BlockPlan.IdOf(new byte[BlockPlan.NonceLength], index))), "video/mp4"))).Status);
        Assert.Equal(201, (await TryAsync("w/list.mp4", StorageOperation.PutBlockList(BlockPlan.ListOf(Enumerable.Range(0, plan.Count).Select(index => BlockPlan.IdOf(new byte[BlockPlan.NonceLength], index))), "video/mp4"))).Status);
        Assert.Equal(File.ReadAllBytes(file.Path), (await azurite.ReadAsync("w/list.mp4")).Body);
    }

    [AzuriteFact]
    public async Task Wrong_checksums_are_refused_and_known_as_such()
    {
        using TempFile file = new(1000);
        using SourceFile source = SourceFile.Open(file.Path);
        FilePart part = Parts.Of(source, TimeProvider.System);
        BlockPlan plan = new(1000, 1000);
        ApiAnswer blob = await TryAsync("w/wrong.mp4", StorageOperation.PutBlob(part, "video/mp4", 1));
        ApiAnswer block = await TryAsync("w/wrong.mp4", StorageOperation.PutBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 0), part), new byte[16]);
        Assert.Equal(("Crc64Mismatch", "Md5Mismatch"), (blob.HeaderOf("x-ms-error-code"), block.HeaderOf("x-ms-error-code")));
        Assert.Equal((StorageVerdict.Mismatch, StorageVerdict.Mismatch), (StorageRules.Judge(blob, false), StorageRules.Judge(block, true)));
        Assert.False(await azurite.ExistsAsync("w/wrong.mp4"));
    }

    [AzuriteFact]
    public async Task A_list_of_blocks_that_are_not_there_is_known_as_such()
    {
        BlockPlan plan = new(1000, 100);
        ApiAnswer answer = await TryAsync("w/lost.mp4", StorageOperation.PutBlockList(BlockPlan.ListOf(Enumerable.Range(0, plan.Count).Select(index => BlockPlan.IdOf(new byte[BlockPlan.NonceLength], index))), "video/mp4"));
        Assert.Equal(StorageVerdict.BlocksLost, StorageRules.Judge(answer, true));
    }

    [AzuriteFact]
    public async Task An_expired_address_is_replaced()
    {
        using TempFile file = new(Large);
        Point(azurite.Sign("w/expired.mp4", life: TimeSpan.FromMinutes(-5)), "w/expired.mp4", 1);
        Point(azurite.Sign("w/expired.mp4"), "w/expired.mp4", 0);
        await _fixture.SendAsync(file.Path);
        Assert.Equal(File.ReadAllBytes(file.Path), (await azurite.ReadAsync("w/expired.mp4")).Body);
        Assert.Equal(2, _fixture.Simulator.Requests.Count(request => request.Path.EndsWith("/uploads/url", StringComparison.Ordinal)));
    }

    [AzuriteFact]
    public async Task An_address_without_the_permission_ends_in_storages_own_words()
    {
        using TempFile file = new(Large);
        Point(azurite.Sign("w/denied.mp4", "r"), "w/denied.mp4", 0);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        Assert.Equal((ErrorSystem.AzureBlob, 403, "AuthorizationPermissionMismatch"), (failure.Error.System, failure.Error.StatusCode, failure.Error.Code));
        Assert.NotNull(failure.Error.RequestId);
    }

    public void Dispose() => _fixture.Dispose();

    private async Task SendAsync(string blob, int length, int blocks, int blockSize = UploadFixture.BlockSize, UploadFixture? fixture = null)
    {
        fixture ??= _fixture;
        using TempFile file = new(length, seed: length + 1);
        Point(azurite.Sign(blob), blob, 0, fixture);
        UploadRequest request = UploadFixture.Request(file.Path, UploadMethod.Presigned);
        request.BlockSizeBytes = blockSize;
        Upload upload = await fixture.Client.Files.UploadAsync(request);
        Assert.Equal((blob, blocks), (upload.BlobPath, upload.BlockCount));
        (byte[] body, string? type) = await azurite.ReadAsync(blob);
        byte[] sent = File.ReadAllBytes(file.Path);
        Assert.True(sent.AsSpan().SequenceEqual(body));
        Assert.Equal("video/mp4", type);
    }

    private void Point(Uri address, string blob, int count, UploadFixture? fixture = null) => (fixture ?? _fixture).Simulator.AddFault(new SimulatorFault
    {
        Endpoint = "POST /uploads/url",
        Status = 200,
        Count = count,
        Body = $$"""{"uploadUrl":"{{address.AbsoluteUri}}","blobPath":"{{blob}}","expiresAt":"2100-01-01T00:00:00Z"}""",
    });

    private async Task<ApiAnswer> TryAsync(string blob, StorageOperation operation, byte[]? md5 = null)
    {
        using HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
        UploadUrl url = new(azurite.Sign(blob), 0, null);
        CallState call = new(operation.NewRequest(TimeSpan.FromMinutes(10)), blob);
        return await new HttpExchange(http, new MediaMagicClientOptions()).SendAsync(call, url.With(operation.Query), message => operation.Fill(message, md5), CancellationToken.None);
    }
}
