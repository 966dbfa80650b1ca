using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>The checksums of Put Blob, Put Block and Put Block List.</summary>
public sealed class ChecksumTests : SimulatorTest
{
    private const string Crc64 = "iJh5CoYUi64=";
    private const string Block = "&comp=block&blockid=MDAw";
    private const string List = "&comp=blocklist";
    private static readonly byte[] s_content = "123456789"u8.ToArray();
    private static readonly string s_md5 = Convert.ToBase64String(Md5.HashData(s_content));
    private static readonly byte[] s_list = Encoding.UTF8.GetBytes("<BlockList><Latest>MDAw</Latest></BlockList>");

    [Theory]
    [InlineData("", null, true, true)]
    [InlineData("", "Content-MD5", true, true)]
    [InlineData("", "x-ms-blob-content-md5", true, true)]
    [InlineData("", "x-ms-content-crc64", true, true)]
    [InlineData(Block, null, false, true)]
    [InlineData(Block, "Content-MD5", true, false)]
    [InlineData(Block, "x-ms-content-crc64", false, true)]
    public async Task A_body_that_arrives_whole_is_answered_with_its_checksums(string operation, string? header, bool md5, bool crc64)
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Answer answer = await SendAsync(url + operation, s_content, header, header == "x-ms-content-crc64" ? Crc64 : s_md5);
        Assert.Equal(201, answer.Status);
        Assert.Equal(md5 ? s_md5 : null, Returned(answer, "Content-MD5"));
        Assert.Equal(crc64 ? Crc64 : null, Returned(answer, "x-ms-content-crc64"));
    }

    [Theory]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "Md5Mismatch")]
    [InlineData("Content-MD5", Crc64, "InvalidMd5")]
    [InlineData("Content-MD5", "no base64", "InvalidMd5")]
    [InlineData("x-ms-content-crc64", "AAAAAAAAAAA=", "Crc64Mismatch")]
    [InlineData("x-ms-content-crc64", "AAAAAAAAAAAA", "Crc64Mismatch")]
    [InlineData("x-ms-content-crc64", "AAAA", "InvalidHeaderValue")]
    [InlineData("x-ms-content-crc64", "no base64", "InvalidHeaderValue")]
    public async Task A_wrong_checksum_stores_nothing(string header, string value, string code)
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        foreach (string operation in new[] { string.Empty, Block })
        {
            Answer answer = await SendAsync(url + operation, s_content, header, value);
            Assert.Equal((400, code), (answer.Status, answer.ErrorCode));
        }

        Assert.False(Server.FindBlob(path) is { Exists: true } or { BytesReceived: > 0 });
        Assert.Equal(0, Server.BlockUploads);
    }

    [Theory]
    [InlineData("", "Content-MD5")]
    [InlineData("", "x-ms-blob-content-md5")]
    [InlineData(Block, "Content-MD5")]
    public async Task An_MD5_and_a_CRC64_in_one_request_are_rejected(string operation, string header)
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Answer answer = await SendAsync(url + operation, s_content, (header, s_md5), ("x-ms-content-crc64", Crc64));
        Assert.Equal((400, "BothCrc64AndMd5HeaderPresent"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Put_block_ignores_the_MD5_of_a_blob()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Assert.Equal(201, (await SendAsync(url + Block, s_content, ("x-ms-blob-content-md5", "any"), ("x-ms-content-crc64", Crc64))).Status);
    }

    [Fact]
    public async Task Put_blob_checks_the_MD5_of_the_blob_first()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        string wrong = Convert.ToBase64String(new byte[16]);
        Assert.Equal("Md5Mismatch", (await SendAsync(url, s_content, ("Content-MD5", s_md5), ("x-ms-blob-content-md5", wrong))).ErrorCode);
        Assert.Equal(201, (await SendAsync(url, s_content, ("Content-MD5", wrong), ("x-ms-blob-content-md5", s_md5))).Status);
    }

    [Fact]
    public async Task The_checksums_of_a_block_list_are_those_of_its_XML()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        await SendAsync(url + Block, s_content);
        Assert.Equal("Crc64Mismatch", (await SendAsync(url + List, s_list, "x-ms-content-crc64", Crc64)).ErrorCode);
        Assert.Equal("Md5Mismatch", (await SendAsync(url + List, s_list, "Content-MD5", s_md5)).ErrorCode);

        Answer plain = await SendAsync(url + List, s_list);
        Assert.Equal(201, plain.Status);
        Assert.Null(Returned(plain, "Content-MD5"));
        string crc64 = plain.Headers["x-ms-content-crc64"];

        await SendAsync(url + Block, s_content);
        Assert.Equal(201, (await SendAsync(url + List, s_list, "x-ms-content-crc64", crc64)).Status);

        await SendAsync(url + Block, s_content);
        string md5 = Convert.ToBase64String(Md5.HashData(s_list));
        Answer hashed = await SendAsync(url + List, s_list, "Content-MD5", md5);
        Assert.Equal(md5, hashed.Headers["Content-MD5"]);
        Assert.Null(Returned(hashed, "x-ms-content-crc64"));
    }

    [Fact]
    public async Task Older_storage_ignores_and_never_returns_a_CRC64()
    {
        Options.IgnoreCrc64 = true;
        (string url, _) = await UploadUrlAsync("a.mp4");
        foreach (string operation in new[] { string.Empty, Block, List })
        {
            byte[] body = operation == List ? s_list : s_content;
            Answer answer = await SendAsync(url + operation, body, "x-ms-content-crc64", "AAAAAAAAAAA=");
            Assert.Equal(201, answer.Status);
            Assert.Equal(Convert.ToBase64String(Md5.HashData(body)), answer.Headers["Content-MD5"]);
            Assert.Null(Returned(answer, "x-ms-content-crc64"));
        }
    }

    [Fact]
    public async Task The_MD5_of_a_block_is_computed_only_when_it_is_needed()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        await SendAsync(url + Block, s_content);
        await SendAsync(url + List, s_list);
        BlobInfo plain = Server.FindBlob(path)!;
        Assert.Equal(0, plain.HashedPartCount);
        string expected = Convert.ToHexStringLower(Md5.HashData(s_content));
        Assert.Equal((expected, expected), (Assert.Single(plain.PartMd5s), plain.ContentMd5));

        await SendAsync(url + Block, s_content, "Content-MD5", s_md5);
        await SendAsync(url + List, s_list);
        Assert.Equal(1, Server.FindBlob(path)!.HashedPartCount);
    }

    private static string? Returned(Answer answer, string header) => answer.Headers.TryGetValue(header, out string? value) ? value : null;

    private Task<Answer> SendAsync(string url, byte[] body, string? header, string value) =>
        header is null ? SendAsync(url, body) : SendAsync(url, body, (header, value));

    private Task<Answer> SendAsync(string url, byte[] body, params (string Name, string Value)[] headers) =>
        PutAsync(url, body, url.Contains("&comp=", StringComparison.Ordinal) ? null : "BlockBlob", request => Add(request, headers));

    private static void Add(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach ((string name, string value) in headers.Where(header => !request.Headers.TryAddWithoutValidation(header.Name, header.Value)))
        {
            request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
