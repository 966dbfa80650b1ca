using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>Storage that no longer has the blocks that it accepted.</summary>
public sealed class LostBlocksTests : IDisposable
{
    private const int FiveBlocks = UploadFixture.SinglePutLimit + 1;
    private readonly UploadFixture _fixture = new();

    // The list of each upload of a file discards the blocks of all others, so that four at once may lose theirs three times.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Lost_blocks_are_sent_again_up_to_three_times(int times)
    {
        using TempFile file = new(FiveBlocks);
        _fixture.Simulator.AddFault(UploadFixture.Rejection("PUT blocklist", "InvalidBlockList", times));
        Upload upload = await _fixture.SendAsync(file.Path);
        _fixture.AssertWhole(file, upload);
        Assert.Equal(5 * (times + 1), _fixture.Simulator.FindBlob(upload.BlobPath!)!.PutBlockCount);
    }

    [Fact]
    public async Task Blocks_that_are_lost_every_time_end_the_upload()
    {
        using TempFile file = new(FiveBlocks);
        _fixture.Simulator.AddFault(UploadFixture.Rejection("PUT blocklist", "InvalidBlockList", 0));
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        Assert.Equal("InvalidBlockList", failure.Error.Code);
        Assert.Equal(4, _fixture.Simulator.Requests.Count(static request => request.Path.Contains("comp=blocklist", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_list_whose_answer_was_lost_leaves_the_upload_unknown_when_later_lists_are_rejected()
    {
        using TempFile file = new(FiveBlocks);
        int lists = 0;
        using MediaMagicClient client = TestClient.Of(_fixture.Simulator.BaseUri, _fixture.Simulator.ApiKey, options => options.StorageHandler = () => new AfterEach(options, Change));
        UploadFixture.Limit(client);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Files.UploadAsync(UploadFixture.Request(file.Path)));
        Assert.Equal(("InvalidBlockList", Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        Assert.True(_fixture.Simulator.FindBlob(_fixture.Simulator.WorkspaceId + "/clip.mp4")!.Exists);

        HttpResponseMessage Change(HttpResponseMessage answer)
        {
            if (!answer.RequestMessage!.RequestUri!.Query.Contains("comp=blocklist", StringComparison.Ordinal))
            {
                return answer;
            }

            if (++lists == 1)
            {
                throw new HttpRequestException("The answer is lost.");
            }

            answer.StatusCode = HttpStatusCode.BadRequest;
            answer.Headers.TryAddWithoutValidation("x-ms-error-code", "InvalidBlockList");
            return answer;
        }
    }

    public void Dispose() => _fixture.Dispose();
}
