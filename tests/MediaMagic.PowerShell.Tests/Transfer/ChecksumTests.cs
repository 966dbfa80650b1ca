using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The client detects bytes that change on the way to storage, with any kind of storage.</summary>
public sealed class ChecksumTests : IDisposable
{
    private const int FiveBlocks = UploadFixture.SinglePutLimit + 1;
    private const string Crc64 = "x-ms-content-crc64";
    private const string Md5 = "Content-MD5";

    private UploadFixture _fixture = new();

    [Theory]
    [InlineData("PUT blob", UploadFixture.SinglePutLimit, 2)]
    [InlineData("PUT block", FiveBlocks, 3)]
    [InlineData("PUT blocklist", FiveBlocks, 1)]
    public async Task A_flipped_byte_is_noticed_and_sent_again(string operation, int length, int count)
    {
        using TempFile file = new(length);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, FlipByte = true, Count = count });
        _fixture.AssertWhole(file, await _fixture.SendAsync(file.Path));
        Assert.Equal(count, _fixture.Simulator.FlippedBytes);
    }

    [Theory]
    [InlineData("PUT blob", UploadFixture.SinglePutLimit)]
    [InlineData("PUT block", FiveBlocks)]
    public async Task Bytes_that_flip_every_time_end_the_upload_and_nothing_is_stored(string operation, int length)
    {
        using TempFile file = new(length);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, FlipByte = true, Count = 0 });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        Assert.Equal((ErrorSystem.AzureBlob, "Crc64Mismatch"), (failure.Error.System, failure.Error.Code));
        Assert.Equal(Concern.Service, failure.Error.Concern);
        Assert.False(_fixture.Simulator.FindBlob(_fixture.Simulator.WorkspaceId + "/clip.mp4")?.Exists ?? false);
        Assert.True(_fixture.Simulator.FlippedBytes >= 4);
    }

    [Theory]
    [InlineData(UploadFixture.SinglePutLimit)]
    [InlineData(FiveBlocks)]
    public async Task A_storage_that_tells_of_other_bytes_than_were_sent_gets_them_again(int length)
    {
        using TempFile file = new(length);
        int wrong = 0;
        using MediaMagicClient client = Client(answer => wrong++ < 2 ? AnswerWith(answer, Crc64, "AAAAAAAAAAA=") : answer);
        _fixture.AssertWhole(file, await client.Files.UploadAsync(Sequential(file)));
        Assert.True(wrong > 2);
    }

    [Theory]
    [InlineData(UploadFixture.SinglePutLimit)]
    [InlineData(FiveBlocks)]
    public async Task An_older_storage_gets_an_MD5_for_the_rest_of_the_upload(int length)
    {
        _fixture.Dispose();
        _fixture = new UploadFixture(static options => options.IgnoreCrc64 = true);
        using TempFile file = new(length);
        Upload upload = await _fixture.Client.Files.UploadAsync(Sequential(file));
        _fixture.AssertWhole(file, upload);
        SimulatorRequest[] puts = [.. _fixture.Simulator.Requests.Where(static request => request.Method == "PUT")];

        // It tells the MD5 of what it received, so nothing has to go twice.
        Assert.Equal(upload.BlockCount + 1, puts.Length);
        Assert.DoesNotContain(Md5, puts[0].Headers.Keys);
        Assert.All(puts.Skip(1), static put => Assert.Contains(Md5, put.Headers.Keys));
        Assert.All(puts.Skip(1), static put => Assert.DoesNotContain(Crc64, put.Headers.Keys));
    }

    [Theory]
    [InlineData("PUT blob", UploadFixture.SinglePutLimit)]
    [InlineData("PUT block", FiveBlocks)]
    public async Task An_older_storage_notices_flipped_bytes_as_well(string operation, int length)
    {
        _fixture.Dispose();
        _fixture = new UploadFixture(static options => options.IgnoreCrc64 = true);
        using TempFile file = new(length);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, FlipByte = true, Count = 2 });
        _fixture.AssertWhole(file, await _fixture.Client.Files.UploadAsync(Sequential(file)));
        Assert.Equal(2, _fixture.Simulator.FlippedBytes);
    }

    [Theory]
    [InlineData(UploadFixture.SinglePutLimit, 2)]
    [InlineData(FiveBlocks, 7)]
    public async Task A_storage_that_tells_nothing_gets_the_first_bytes_again_with_an_MD5(int length, int requests)
    {
        using TempFile file = new(length);
        using MediaMagicClient client = Client(static answer => AnswerWith(AnswerWith(answer, Crc64, null), Md5, null));
        _fixture.AssertWhole(file, await client.Files.UploadAsync(Sequential(file)));
        SimulatorRequest[] puts = [.. _fixture.Simulator.Requests.Where(static request => request.Method == "PUT")];
        Assert.Equal(requests, puts.Length);
        Assert.All(puts.Skip(1), static put => Assert.Contains(Md5, put.Headers.Keys));
    }

    [Theory]
    [InlineData("PUT blob", UploadFixture.SinglePutLimit)]
    [InlineData("PUT blocklist", FiveBlocks)]
    public async Task A_storage_that_rejects_the_header_of_a_CRC64_gets_an_MD5(string operation, int length)
    {
        using TempFile file = new(length);
        _fixture.Simulator.AddFault(UploadFixture.Rejection(operation, "UnsupportedHeader", 1));
        _fixture.AssertWhole(file, await _fixture.Client.Files.UploadAsync(Sequential(file)));
        SimulatorRequest[] puts = [.. _fixture.Simulator.Requests.Where(static request => request.Method == "PUT")];
        Assert.Contains(Crc64, puts[^2].Headers.Keys);
        Assert.DoesNotContain(Crc64, puts[^1].Headers.Keys);
        Assert.Contains(Md5, puts[^1].Headers.Keys);
    }

    // A block carries no CRC64, so an MD5 in its place changes nothing.
    [Theory]
    [InlineData("PUT blob", UploadFixture.SinglePutLimit, 2)]
    [InlineData("PUT block", FiveBlocks, 1)]
    public async Task A_storage_that_rejects_every_header_ends_the_upload(string operation, int length, int requests)
    {
        using TempFile file = new(length);
        _fixture.Simulator.AddFault(UploadFixture.Rejection(operation, "UnsupportedHeader", 0));
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.Client.Files.UploadAsync(Sequential(file)));
        Assert.Equal("UnsupportedHeader", failure.Error.Code);
        SimulatorRequest[] puts = [.. _fixture.Simulator.Requests.Where(static request => request.Method == "PUT")];
        Assert.Equal(requests, puts.Length);
        Assert.DoesNotContain(Md5, puts[0].Headers.Keys);
        Assert.All(puts.Skip(1), static put => Assert.Contains(Md5, put.Headers.Keys));
    }

    [Fact]
    public async Task An_older_storage_that_tells_of_other_bytes_than_were_sent_gets_them_again()
    {
        using TempFile file = new(UploadFixture.SinglePutLimit);
        int answers = 0;
        using MediaMagicClient client = Client(answer => AnswerWith(AnswerWith(answer, Crc64, null), Md5, ++answers == 3 ? null : "AAAAAAAAAAAAAAAAAAAAAA=="));
        _fixture.AssertWhole(file, await client.Files.UploadAsync(Sequential(file)));
        Assert.Equal(3, answers);
    }

    [Fact]
    public async Task A_single_put_and_a_list_carry_their_checksum_and_a_block_does_not()
    {
        using TempFile file = new(FiveBlocks, "blocks.mp4");
        string whole = file.Also("whole.mp4", UploadFixture.SinglePutLimit, 1);
        await _fixture.SendAsync(file.Path);
        await _fixture.SendAsync(whole);
        foreach (SimulatorRequest put in _fixture.Simulator.Requests.Where(static request => request.Method == "PUT"))
        {
            Assert.Equal(!put.Path.Contains("comp=block&", StringComparison.Ordinal), put.Headers.ContainsKey(Crc64));
        }
    }

    public void Dispose() => _fixture.Dispose();

    private static UploadRequest Sequential(TempFile file)
    {
        UploadRequest request = UploadFixture.Request(file.Path);
        request.MaxParallelBlocks = 1;
        return request;
    }

    private static HttpResponseMessage AnswerWith(HttpResponseMessage answer, string header, string? value)
    {
        HttpHeaders headers = header == Md5 ? answer.Content.Headers : answer.Headers;
        headers.Remove(header);
        if (value is not null && answer.StatusCode == HttpStatusCode.Created)
        {
            headers.TryAddWithoutValidation(header, value);
        }

        return answer;
    }

    private MediaMagicClient Client(Func<HttpResponseMessage, HttpResponseMessage> change)
    {
        MediaMagicClient client = TestClient.Of(_fixture.Simulator.BaseUri, _fixture.Simulator.ApiKey, options => options.StorageHandler = () => new AfterEach(options, change));
        UploadFixture.Limit(client);
        return client;
    }
}
