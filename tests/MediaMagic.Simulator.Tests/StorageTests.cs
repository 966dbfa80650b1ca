using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Blob storage behind presigned URLs.</summary>
public sealed class StorageTests : SimulatorTest
{
    [Fact]
    public async Task Put_blob_stores_bytes_type_and_hash()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Answer answer = await PutAsync(url, Mp4, change: request =>
        {
            request.Content!.Headers.ContentMD5 = Md5.HashData(Mp4);
            request.Headers.Add("x-ms-blob-content-type", "video/mp4");
        });

        Assert.Equal(201, answer.Status);
        Assert.Equal(Convert.ToBase64String(Md5.HashData(Mp4)), answer.Headers["Content-MD5"]);
        Assert.NotEmpty(answer.Headers["x-ms-request-id"]);
        BlobInfo blob = Server.FindBlob(path)!;
        Assert.Equal("video/mp4", blob.ContentType);
        Assert.Equal(Convert.ToHexStringLower(Md5.HashData(Mp4)), blob.ContentMd5);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Mp4)), blob.Sha256);
        Assert.Equal((1, 0, 0), (blob.PutBlobCount, blob.PutBlockCount, blob.CommitCount));
    }

    [Fact]
    public async Task A_wrong_hash_stores_nothing()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Answer answer = await PutAsync(url, Mp4, change: request => request.Content!.Headers.ContentMD5 = Md5.HashData([1]));
        Assert.Equal(400, answer.Status);
        Assert.Equal("Md5Mismatch", answer.ErrorCode);
        Assert.Contains("<Code>Md5Mismatch</Code>", answer.Raw);
        Assert.False(Server.FindBlob(path) is { Exists: true } or { BytesReceived: > 0 });
    }

    [Fact]
    public async Task The_hash_to_keep_is_checked_too()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        string wrong = Convert.ToBase64String(Md5.HashData([1]));
        Assert.Equal("Md5Mismatch", (await PutAsync(url, Mp4, change: request => request.Headers.Add("x-ms-blob-content-md5", wrong))).ErrorCode);
        string right = Convert.ToBase64String(Md5.HashData(Mp4));
        Assert.Equal(201, (await PutAsync(url, Mp4, change: request => request.Headers.Add("x-ms-blob-content-md5", right))).Status);
        Assert.Equal(right, Server.FindBlob(path)!.DeclaredMd5);
    }

    [Theory]
    [InlineData(null, "MissingRequiredHeader")]
    [InlineData("PageBlob", "InvalidHeaderValue")]
    public async Task The_blob_type_is_required(string? type, string code)
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Answer answer = await PutAsync(url, Mp4, type);
        Assert.Equal(400, answer.Status);
        Assert.Equal(code, answer.ErrorCode);
    }

    [Fact]
    public async Task A_url_expires()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Clock.Advance(3599);
        Assert.Equal(201, (await PutAsync(url, Mp4)).Status);
        Clock.Advance(1);
        Answer answer = await PutAsync(url, Mp4);
        Assert.Equal(403, answer.Status);
        Assert.Equal("AuthenticationFailed", answer.ErrorCode);
        Assert.Contains("time frame", answer.Raw);
    }

    [Fact]
    public async Task Urls_expire_on_request_and_new_ones_work()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Server.ExpireUploadUrls();
        Assert.Equal("AuthenticationFailed", (await PutAsync(url, Mp4)).ErrorCode);
        (url, _) = await UploadUrlAsync("a.mp4");
        Assert.Equal(201, (await PutAsync(url, Mp4)).Status);
    }

    [Theory]
    [InlineData("a.mp4", "b.mp4")]
    [InlineData("13%3A00", "14%3A00")]
    [InlineData("sig=", "sig=A")]
    [InlineData("sp=cw", "sp=rcw")]
    public async Task A_changed_url_is_refused(string part, string other)
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Assert.Contains(part, url);
        Answer answer = await PutAsync(url.Replace(part, other, StringComparison.Ordinal), Mp4);
        Assert.Equal(403, answer.Status);
        Assert.Contains("Signature did not match", answer.Raw);
    }

    [Fact]
    public async Task An_upload_url_cannot_read()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        using HttpResponseMessage response = await Http.GetAsync(new Uri(url));
        Assert.Equal("AuthorizationPermissionMismatch", (await Answer.ReadAsync(response)).ErrorCode);
        using HttpResponseMessage unsigned = await Http.GetAsync(new Uri(url.Split('?')[0]));
        Assert.Equal("NoAuthenticationInformation", (await Answer.ReadAsync(unsigned)).ErrorCode);
    }

    [Fact]
    public async Task A_key_that_goes_to_storage_is_a_violation()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Assert.Empty(Server.Violations);
        await PutAsync(url, Mp4, change: request => request.Headers.Add("X-API-Key", Server.ApiKey));
        SimulatorViolation violation = Assert.Single(Server.Violations);
        Assert.Equal("KeySentToStorage", violation.Kind);
        Assert.DoesNotContain(url.Split("sig=")[1], violation.ToString());
    }

    [Fact]
    public async Task Only_a_known_length_is_taken()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Answer answer = await PutAsync(url, Mp4, change: request => request.Headers.TransferEncodingChunked = true);
        Assert.Equal(411, answer.Status);
    }

    [Fact]
    public async Task Discarded_content_keeps_length_hash_and_beginning()
    {
        Options.DiscardBlobContent = true;
        string path = await UploadAsync("a.mp4");
        BlobInfo blob = Server.FindBlob(path)!;
        Assert.Equal(Mp4.Length, blob.Length);
        Assert.Equal(Convert.ToHexStringLower(Md5.HashData(Mp4)), blob.ContentMd5);
        Assert.Null(blob.Sha256);
        Assert.Equal(201, (await CreateAsync(path)).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_stores_nothing()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Uri target = new(url);
        using (TcpClient client = new())
        {
            await client.ConnectAsync(target.Host, target.Port);
            string head = $"PUT {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\nContent-Length: 100000\r\nx-ms-blob-type: BlockBlob\r\n\r\nabc";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await UntilAsync(() => Server.OpenRequests == 1);
        }

        await UntilAsync(() => Server.OpenRequests == 0);
        Assert.Equal(499, Server.Requests[^1].Status);
        Assert.False(Server.FindBlob(path) is { Exists: true } or { BytesReceived: > 0 });
    }

    [Fact]
    public async Task A_client_may_wait_to_be_told_to_continue()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Assert.Equal(201, (await PutAsync(url, Mp4, change: request => request.Headers.ExpectContinue = true)).Status);
    }

    [Fact]
    public async Task Large_parts_are_stored_whole()
    {
        byte[] content = new byte[65 * 1024 * 1024];
        new Random(1).NextBytes(content);
        (string url, string path) = await UploadUrlAsync("large.mp4");
        Assert.Equal(201, (await PutAsync(url, content)).Status);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Server.FindBlob(path)!.Sha256);
    }
}
