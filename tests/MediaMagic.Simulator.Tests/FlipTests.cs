using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>The fault that flips a byte of what arrives.</summary>
public sealed class FlipTests : SimulatorTest
{
    private const string Block = "&comp=block&blockid=MDAw";
    private static readonly byte[] s_list = Encoding.UTF8.GetBytes("<BlockList><Latest>MDAw</Latest></BlockList>");

    [Theory]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task A_flipped_blob_is_stored_and_its_checksums_show_it(int length)
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        byte[] content = Content(length);
        Server.AddFault(new SimulatorFault { Endpoint = "PUT blob", FlipByte = true });
        Answer answer = await PutAsync(url, content);
        byte[] flipped = Flip(content);
        Assert.Equal(201, answer.Status);
        Assert.Equal(Convert.ToBase64String(Md5.HashData(flipped)), answer.Headers["Content-MD5"]);
        Assert.Equal((length, Sha256(flipped)), ((int)Server.FindBlob(path)!.Length, Server.FindBlob(path)!.Sha256));
        Assert.Equal(1, Server.FlippedBytes);

        Answer repeated = await PutAsync(url, content);
        Assert.NotEqual(answer.Headers["x-ms-content-crc64"], repeated.Headers["x-ms-content-crc64"]);
        Assert.Equal((Sha256(content), 1L), (Server.FindBlob(path)!.Sha256, Server.FlippedBytes));
    }

    [Fact]
    public async Task A_flipped_block_is_stored_and_its_checksum_shows_it()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "PUT block", FlipByte = true });
        Answer flipped = await PutAsync(url + Block, Mp4, null);
        Assert.Equal(201, (await PutAsync(url + "&comp=blocklist", s_list, null)).Status);
        Assert.Equal((Sha256(Flip(Mp4)), 1L), (Server.FindBlob(path)!.Sha256, Server.FlippedBytes));
        Assert.NotEqual((await PutAsync(url + Block, Mp4, null)).Headers["x-ms-content-crc64"], flipped.Headers["x-ms-content-crc64"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Block)]
    public async Task A_flipped_byte_is_found_by_the_checksum_of_the_request(string operation)
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "* /blob/*", FlipByte = true });
        Answer answer = await PutAsync(url + operation, Mp4, operation.Length == 0 ? "BlockBlob" : null, request => request.Content!.Headers.ContentMD5 = Md5.HashData(Mp4));
        Assert.Equal((400, "Md5Mismatch"), (answer.Status, answer.ErrorCode));
        Assert.Equal(1, Server.FlippedBytes);
        Assert.False(Server.FindBlob(path) is { Exists: true } or { BytesReceived: > 0 });
    }

    [Fact]
    public async Task The_file_of_a_direct_upload_is_flipped_and_not_its_form()
    {
        Server.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", FlipByte = true });
        byte[] content = Content(200_000);
        Answer answer = await DirectAsync(content);
        Assert.Equal(201, answer.Status);
        Assert.Equal((Sha256(Flip(content)), 1L), (Server.FindBlob(answer.Text("blobPath"))!.Sha256, Server.FlippedBytes));
        Assert.Equal(Sha256(content), Server.FindBlob((await DirectAsync(content)).Text("blobPath"))!.Sha256);
    }

    [Fact]
    public async Task Other_requests_and_empty_bodies_have_no_byte_to_flip()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "*", FlipByte = true, Count = 0 });
        Assert.Equal(200, (await GetAsync("/webhooks/subscriptions")).Status);
        Assert.Equal(201, (await PutAsync(url, [])).Status);
        Assert.Equal(0, Server.FlippedBytes);
    }

    [Fact]
    public async Task A_flipped_list_is_found_by_the_checksum_of_the_request()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Assert.Equal(201, (await PutAsync(url + Block, Mp4, null)).Status);
        Server.AddFault(new SimulatorFault { Endpoint = "PUT blocklist", FlipByte = true });
        Answer answer = await PutAsync(url + "&comp=blocklist", s_list, null, request => request.Content!.Headers.ContentMD5 = Md5.HashData(s_list));
        Assert.Equal((400, "Md5Mismatch", 1L), (answer.Status, answer.ErrorCode, Server.FlippedBytes));
        Assert.False(Server.FindBlob(path) is { Exists: true });
        Assert.Equal(201, (await PutAsync(url + "&comp=blocklist", s_list, null)).Status);
    }

    [Fact]
    public async Task An_error_instead_of_the_work_flips_nothing()
    {
        (string url, _) = await UploadUrlAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "PUT blob", FlipByte = true, Status = 500 });
        Assert.Equal(500, (await PutAsync(url, Mp4)).Status);
        Assert.Equal(0, Server.FlippedBytes);
    }

    [Fact]
    public async Task A_seed_repeats_which_bodies_are_flipped()
    {
        Options.Seed = 7;
        bool[] first = await RunAsync();
        Assert.Equal(first.Count(flipped => flipped), Server.FlippedBytes);
        Assert.Contains(true, first);
        Assert.Contains(false, first);
        using FlipTests again = new();
        again.Options.Seed = 7;
        Assert.Equal(first, await again.RunAsync());
    }

    private static byte[] Content(int length)
    {
        byte[] content = new byte[length];
        content.AsSpan().Fill((byte)'x');
        return content;
    }

    private static byte[] Flip(byte[] content) => [.. content[..^1], (byte)(content[^1] ^ 1)];

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task<bool[]> RunAsync()
    {
        (string url, string path) = await UploadUrlAsync("a.mp4");
        Server.AddFault(new SimulatorFault { Endpoint = "PUT blob", FlipByte = true, Count = 0, Probability = 0.5 });
        bool[] flipped = new bool[30];
        for (int i = 0; i < flipped.Length; i++)
        {
            await PutAsync(url, Mp4);
            flipped[i] = Server.FindBlob(path)!.Sha256 != Sha256(Mp4);
        }

        return flipped;
    }

    private async Task<Answer> DirectAsync(byte[] content)
    {
        ByteArrayContent file = new(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain");
        using MultipartFormDataContent form = new() { { file, "file", "a.txt" } };
        return await SendAsync(HttpMethod.Post, "/uploads/direct", form);
    }
}
