using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Tests.Bulk;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Uploads of one session to a service that does not keep names as they are.</summary>
public sealed class SharedBlobTests : IDisposable
{
    private readonly ContractService _service = new();
    private readonly TempFolder _folder = new();
    private readonly MediaMagicClient _client;

    public SharedBlobTests() => _client = _service.NewClient();

    [Theory]
    [InlineData("a%22b.txt", "a\"b.txt")]
    [InlineData("a\"b.txt", "a%22b.txt")]
    [InlineData("a_b.txt", "a b.txt")]
    [InlineData("a b.txt", "a_b.txt")]
    public async Task UploadAsync_sends_nothing_when_the_service_may_take_the_name_for_another(string first, string second)
    {
        _service.BlobPathOf = Sanitised;
        Upload upload = await UploadAsync(first, "one");
        int calls = _service.Calls.Count;
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync(second, "two"));
        Assert.Equal((ErrorCode.BlobPathCollision, Delivery.NotSent), (failure.Error.Code, failure.Delivery));
        Assert.Equal(calls, _service.Calls.Count);
        Assert.Equal("one", _service.TextOf(upload.BlobPath!));
    }

    [Theory]
    [InlineData("a_b.txt", "a b.txt")]
    [InlineData("a b.txt", "a_b.txt")]
    public async Task UploadAsync_shares_the_blob_when_the_contents_are_equal(string first, string second)
    {
        _service.BlobPathOf = Sanitised;
        Upload one = await UploadAsync(first, "equal");
        Upload two = await UploadAsync(second, "equal");
        Assert.Equal(one.BlobPath, two.BlobPath);
        Assert.Empty(_service.Overwritten);
    }

    [Theory]
    [InlineData("a b.txt")]
    [InlineData("a%20b.txt")]
    [InlineData("\u00FCber.txt")]
    public async Task UploadAsync_asks_for_the_blob_path_before_it_sends_a_name_that_a_service_may_change(string name)
    {
        Assert.Equal("Presigned", (await UploadAsync(name, "one")).Method);
        Assert.Equal(["POST uploads/url", "PUT blob"], _service.Calls);
    }

    [Fact]
    public async Task UploadAsync_sends_no_byte_when_the_service_returns_the_blob_path_of_another_file()
    {
        _service.BlobPathOf = static (workspace, _) => workspace + "/same.txt";
        await UploadAsync("one.txt", "one");
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync("two.txt", "two", UploadMethod.Presigned));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
        Assert.Equal(0, _service.Count("PUT blob"));
        Assert.Empty(_service.Overwritten);
    }

    [Fact]
    public async Task UploadAsync_sends_no_byte_when_the_blob_path_cannot_be_reserved()
    {
        string? asked = null;
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync("a b.txt", "one", change: request => request.Reserve = path =>
        {
            asked = path;
            return Task.FromResult(false);
        }));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
        Assert.Equal(ContractService.Workspace + "/a b.txt", asked);
        Assert.Equal(["POST uploads/url"], _service.Calls);
    }

    [Fact]
    public async Task UploadAsync_reports_what_a_direct_upload_overwrote()
    {
        _service.BlobPathOf = static (workspace, _) => workspace + "/same.txt";
        await UploadAsync("one.txt", "one");
        string? overwritten = null;
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => UploadAsync("two.txt", "two", change: request => request.Overwrote = path =>
        {
            overwritten = path;
            return Task.CompletedTask;
        }));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
        Assert.Contains("is overwritten", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal(ContractService.Workspace + "/same.txt", overwritten);
        Assert.Equal([ContractService.Workspace + "/same.txt"], _service.Overwritten);
    }

    public void Dispose()
    {
        _client.Dispose();
        _service.Dispose();
        _folder.Dispose();
    }

    private static string Sanitised(string workspace, string name) =>
        workspace + "/" + Regex.Replace(name.Replace("%22", "\"", StringComparison.Ordinal), "[^A-Za-z0-9.-]", "_");

    private async Task<Upload> UploadAsync(string name, string text, UploadMethod method = UploadMethod.Auto, Action<UploadRequest>? change = null)
    {
        string path = _folder.At(name);
        await File.WriteAllTextAsync(path, text);
        UploadRequest request = new() { Path = path, ContentType = "text/plain", Method = method };
        change?.Invoke(request);
        return await _client.Files.UploadAsync(request);
    }
}
