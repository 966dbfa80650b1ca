using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>Upload URLs and direct uploads.</summary>
public sealed class UploadTests : SimulatorTest
{
    [Fact]
    public async Task An_upload_url_is_good_for_an_hour()
    {
        Answer answer = await PostAsync("/uploads/url", new JsonObject { ["filename"] = "Kampagne ä #1.mp4", ["contentType"] = "video/mp4" });
        Assert.Equal(200, answer.Status);
        Assert.Equal($"{Server.WorkspaceId}/Kampagne ä #1.mp4", answer.Text("blobPath"));
        Assert.Equal("2026-06-03T13:00:00Z", answer.Text("expiresAt"));
        Assert.StartsWith(Server.BaseUri + "blob/assets/", answer.Text("uploadUrl"));
        Assert.Equal(201, (await PutAsync(answer.Text("uploadUrl"), Mp4)).Status);
        Assert.NotNull(Server.FindBlob(answer.Text("blobPath")));
    }

    [Theory]
    [InlineData("../a.mp4")]
    [InlineData("a/b.mp4")]
    [InlineData("a\\b.mp4")]
    [InlineData("a\u0001.mp4")]
    [InlineData("..")]
    public async Task Names_that_are_paths_are_invalid(string name)
    {
        Answer answer = await PostAsync("/uploads/url", new JsonObject { ["filename"] = name, ["contentType"] = "video/mp4" });
        Assert.Equal(403, answer.Status);
        Assert.Equal("Invalid filename", answer.Detail);
    }

    [Fact]
    public async Task Types_that_are_not_allowed_are_refused()
    {
        Answer answer = await PostAsync("/uploads/url", new JsonObject { ["filename"] = "a.exe", ["contentType"] = "application/x-msdownload" });
        Assert.Equal(415, answer.Status);
        Assert.Equal("Unsupported content type", answer.Detail);
    }

    [Fact]
    public async Task Missing_members_are_named()
    {
        Answer answer = await PostAsync("/uploads/url", new JsonObject { ["contentType"] = 5 });
        Assert.Equal(422, answer.Status);
        Assert.Equal(["filename", "contentType"], answer.Fields());
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("grüße 世界.txt")]
    public async Task A_direct_upload_keeps_name_type_and_bytes(string name)
    {
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("line\r\n--not the boundary\r\n", 9000)));
        Answer answer = await DirectAsync(name, "text/plain", content);

        Assert.Equal(201, answer.Status);
        Assert.Equal($"{Server.WorkspaceId}/{name}", answer.Text("blobPath"));
        BlobInfo blob = Server.FindBlob(answer.Text("blobPath"))!;
        Assert.Equal(content.Length, blob.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), blob.Sha256);
        Assert.Equal("text/plain", blob.ContentType);
    }

    [Fact]
    public async Task Ten_mebibytes_fit_and_one_byte_more_does_not()
    {
        byte[] content = new byte[(10 * 1024 * 1024) + 1];
        content.AsSpan().Fill((byte)'x');
        Assert.Equal(201, (await DirectAsync("fits.txt", "text/plain", content[1..])).Status);
        Answer answer = await DirectAsync("larger.txt", "text/plain", content);
        Assert.Equal(413, answer.Status);
        Assert.Equal("File too large; use the presigned upload URL", answer.Detail);
        Assert.Equal(413, (await DirectAsync("larger.txt", "text/plain", new byte[11 * 1024 * 1024])).Status);
        Assert.Null(Server.FindBlob($"{Server.WorkspaceId}/larger.txt"));
    }

    [Theory]
    [InlineData("a.mp4", "video/mp4", 415)]
    [InlineData("a.mp4", null, 415)]
    [InlineData("a.mp4", "application/zip", 415)]
    [InlineData("..", "text/plain", 403)]
    public async Task Wrong_types_and_names_are_refused(string name, string? type, int status) =>
        Assert.Equal(status, (await DirectAsync(name, type, "no video"u8.ToArray())).Status);

    [Fact]
    public async Task A_form_without_the_file_fails_validation()
    {
        using MultipartFormDataContent form = new() { { new StringContent("x"), "other" } };
        Answer answer = await SendAsync(HttpMethod.Post, "/uploads/direct", form);
        Assert.Equal(422, answer.Status);
        Assert.Equal(["file"], answer.Fields());
        Assert.Equal(422, (await PostAsync("/uploads/direct", new JsonObject())).Status);
    }

    [Fact]
    public async Task A_form_that_ends_too_early_fails_validation()
    {
        StringContent content = new("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nabc");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        Assert.Equal(422, (await SendAsync(HttpMethod.Post, "/uploads/direct", content)).Status);
    }

    private async Task<Answer> DirectAsync(string name, string? type, byte[] content)
    {
        using MultipartFormDataContent form = [];
        ByteArrayContent file = new(content);
        file.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        form.Add(file, "file", name);
        return await SendAsync(HttpMethod.Post, "/uploads/direct", form);
    }
}
