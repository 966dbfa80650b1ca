using System;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Put Block and Put Block List.</summary>
public sealed class BlockTests : SimulatorTest
{
    [Fact]
    public async Task Blocks_in_any_order_become_the_blob_that_the_list_says()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        byte[][] blocks = [Mp4, [1, 2, 3], [4, 5]];
        await Task.WhenAll(blocks.Select((block, i) => PutBlockAsync(url, Id(i), block)).Reverse());
        Assert.False(Server.FindBlob(path)!.Exists);
        Answer answer = await CommitAsync(url, [Id(0), Id(1), Id(2)], request =>
        {
            request.Headers.Add("x-ms-blob-content-type", "video/mp4");
            request.Headers.Add("x-ms-blob-content-md5", "AAAAAAAAAAAAAAAAAAAAAA==");
        });

        Assert.Equal(201, answer.Status);
        byte[] whole = [.. blocks.SelectMany(block => block)];
        BlobInfo blob = Server.FindBlob(path)!;
        Assert.Equal(whole.Length, blob.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(whole)), blob.Sha256);
        Assert.Equal(Convert.ToHexStringLower(Md5.HashData(whole)), blob.ContentMd5);
        Assert.Equal("AAAAAAAAAAAAAAAAAAAAAA==", blob.DeclaredMd5);
        Assert.Equal("video/mp4", blob.ContentType);
        Assert.Equal((0, 3, 1), (blob.PutBlobCount, blob.PutBlockCount, blob.CommitCount));
        Assert.Equal(3, Server.BlockUploads);
        Assert.Equal(201, (await CreateAsync(path)).Status);
    }

    [Fact]
    public async Task A_repeated_block_replaces_the_first()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        await PutBlockAsync(url, Id(0), [1]);
        await PutBlockAsync(url, Id(0), [2, 2]);
        await CommitAsync(url, [Id(0)]);
        BlobInfo blob = Server.FindBlob(path)!;
        Assert.Equal(2, blob.Length);
        Assert.Equal(3, blob.BytesReceived);
    }

    [Fact]
    public async Task Each_block_is_checked_against_its_hash()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Answer answer = await PutAsync($"{url}&comp=block&blockid={Id(0)}", [1], null, request => request.Content!.Headers.ContentMD5 = Md5.HashData([2]));
        Assert.Equal("Md5Mismatch", answer.ErrorCode);
        Assert.Equal(0, Server.BlockUploads);
        Assert.Equal("InvalidBlockList", (await CommitAsync(url, [Id(0)])).ErrorCode);
        Assert.False(Server.FindBlob(path)!.Exists);
    }

    [Theory]
    [InlineData("not%20base64")]
    [InlineData("")]
    public async Task Block_ids_are_base64(string id)
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Answer answer = await PutAsync($"{url}&comp=block&blockid={id}", [1], null);
        Assert.Equal(400, answer.Status);
        Assert.Equal("InvalidQueryParameterValue", answer.ErrorCode);
    }

    [Fact]
    public async Task Block_ids_are_of_one_length()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        await PutBlockAsync(url, Id(0), [1]);
        Answer answer = await PutAsync($"{url}&comp=block&blockid={Uri.EscapeDataString(Convert.ToBase64String([1, 2, 3]))}", [1], null);
        Assert.Equal("InvalidBlobOrBlock", answer.ErrorCode);
    }

    [Theory]
    [InlineData("<BlockList><Latest>", "InvalidXmlDocument")]
    [InlineData("<BlockList><Other>AAAA</Other></BlockList>", "InvalidXmlDocument")]
    [InlineData("<!DOCTYPE x []><BlockList/>", "InvalidXmlDocument")]
    [InlineData("<BlockList><Committed>MDAwMDAw</Committed></BlockList>", "InvalidBlockList")]
    public async Task Bad_lists_are_refused(string xml, string code)
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        await PutBlockAsync(url, Id(0), [1]);
        Answer answer = await PutAsync(url + "&comp=blocklist", Encoding.UTF8.GetBytes(xml), null);
        Assert.Equal(400, answer.Status);
        Assert.Equal(code, answer.ErrorCode);
    }

    [Fact]
    public async Task A_list_may_name_blocks_committed_before()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        await PutBlockAsync(url, Id(0), [1, 1]);
        await CommitAsync(url, [Id(0)]);
        await PutBlockAsync(url, Id(1), [2]);
        Assert.Equal(201, (await CommitAsync(url, [Id(1), Id(0), Id(1)])).Status);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([2, 1, 1, 2])), Server.FindBlob(path)!.Sha256);
    }

    [Fact]
    public async Task Storage_can_refuse_blocks_and_still_take_blobs()
    {
        Options.RefuseBlocks = true;
        (string url, _) = await UploadUrlAsync("a.mp4");
        Assert.Equal(403, (await PutBlockAsync(url, Id(0), [1])).Status);
        Assert.Equal("AuthorizationPermissionMismatch", (await CommitAsync(url, [])).ErrorCode);
        Assert.Equal(201, (await PutAsync(url, Mp4)).Status);
    }

    [Fact]
    public async Task Discarded_blocks_are_known_by_their_hashes()
    {
        Options.DiscardBlobContent = true;
        (string url, string path) = await UploadUrlAsync("a.mp4");
        await PutBlockAsync(url, Id(0), [1]);
        await PutBlockAsync(url, Id(1), [2]);
        await CommitAsync(url, [Id(0), Id(1)]);
        Assert.Equal([Convert.ToHexStringLower(Md5.HashData([1])), Convert.ToHexStringLower(Md5.HashData([2]))], Server.FindBlob(path)!.PartMd5s);
    }

    private static string Id(int number) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{number:d6}"));

    private Task<Answer> PutBlockAsync(string url, string id, byte[] block) => PutAsync($"{url}&comp=block&blockid={Uri.EscapeDataString(id)}", block, null);

    private Task<Answer> CommitAsync(string url, string[] ids, Action<HttpRequestMessage>? change = null)
    {
        string list = string.Concat(ids.Select(id => $"<Latest>{id}</Latest>"));
        return PutAsync(url + "&comp=blocklist", Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>{list}</BlockList>"), null, change);
    }
}
