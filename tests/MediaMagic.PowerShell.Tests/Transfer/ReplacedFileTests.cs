using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Tests.Bulk;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Uploads of files that were replaced after they were checked, by files of equal length and time.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    private const int Kilo = 1024;
    private const int Mebi = 1024 * Kilo;

    private readonly ContractService _service = new();

    [Theory]
    [InlineData("plain.mp4", 1000, "POST uploads/direct")]
    [InlineData("plain.mp4", 300 * Kilo, "POST uploads/direct")]
    [InlineData("with space.mp4", 1000, "PUT blob")]
    [InlineData("middle.mp4", 5 * Mebi, "PUT blob")]
    [InlineData("large.mp4", 9 * Mebi, "PUT blocklist")]
    public async Task UploadAsync_sends_a_file_that_is_as_it_was_checked(string name, int length, string last)
    {
        using TempFile file = new(length, name);
        Upload upload = await UploadAsync(file, ContentDigest.Of(file.Path, CancellationToken.None));
        Assert.Equal(last, _service.Calls[^1]);
        Assert.Equal([upload.BlobPath!], _service.Blobs);
    }

    [Theory]
    [InlineData("plain.mp4", 1000, "POST uploads/direct")]
    [InlineData("plain.mp4", 300 * Kilo, "POST uploads/direct")]
    [InlineData("with space.mp4", 1000, "PUT blob")]
    [InlineData("middle.mp4", 5 * Mebi, "PUT blob")]
    [InlineData("large.mp4", 9 * Mebi, "PUT block")]
    public async Task UploadAsync_fails_with_FileChanged_when_the_file_was_replaced_by_one_of_equal_length_and_time(string name, int length, string last)
    {
        using TempFile file = new(length, name);
        ContentDigest digest = ContentDigest.Of(file.Path, CancellationToken.None);
        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[length / 2] ^= 1;
        ReplacedFile.Put(file.Path, bytes);
        ContentDigest replaced = ContentDigest.Of(file.Path, CancellationToken.None);
        Assert.Equal(digest.Identity, replaced.Identity);
        Assert.NotEqual(digest.Hash, replaced.Hash);

        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync(file, digest));
        Assert.Equal((ErrorCode.FileChanged, Delivery.NotSent), (failure.Error.Code, failure.Delivery));
        Assert.Equal(last, _service.Calls[^1]);
        Assert.Empty(_service.Blobs);

        // What was checked anew goes, also under the same name: nothing was stored there.
        await UploadAsync(file, replaced);
        Assert.Single(_service.Blobs);
    }

    [Fact]
    public async Task UploadAsync_checks_the_bytes_again_when_the_service_finds_the_file_too_large_for_the_direct_way()
    {
        using TempFile file = new(300 * Kilo);
        ContentDigest digest = ContentDigest.Of(file.Path, CancellationToken.None);
        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[^1] ^= 1;

        // The upload has the file open: what is renamed to its path later is not what goes.
        _service.Instead = call =>
        {
            if (call != "POST uploads/direct")
            {
                return null;
            }

            File.WriteAllBytes(file.Path, bytes);
            File.SetLastWriteTimeUtc(file.Path, digest.Identity.LastWriteUtc);
            return ContractAnswers.Problem(413, "File too large; use the presigned upload URL");
        };
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync(file, digest));
        Assert.Equal(ErrorCode.FileChanged, failure.Error.Code);
        Assert.Empty(_service.Blobs);
    }

    public void Dispose() => _service.Dispose();

    private async Task<Upload> UploadAsync(TempFile file, ContentDigest digest)
    {
        using MediaMagicClient client = _service.NewClient();
        client.Transfer.Limits = new TransferOptions { DirectLimit = 4 * Mebi, BlocksFrom = (8 * Mebi) + 1 };
        return await client.Files.UploadAsync(new UploadRequest
        {
            Path = file.Path,
            ContentType = "video/mp4",
            BlockSizeBytes = 3 * Mebi,
            MaxParallelBlocks = 2,
            Digest = digest,
        });
    }
}
