using System;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>Answers whose body cannot be unpacked: the status still says what became of the request.</summary>
public sealed class GarbledAnswerTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(400, ErrorCode.BadRequest)]
    [InlineData(413, ErrorCode.UploadTooLarge)]
    [InlineData(422, ErrorCode.ValidationFailed)]
    public void Create_is_rejected_by_its_status_whatever_its_body(int status, string code)
    {
        foreach (Func<Stream> body in (Func<Stream>[])[Gzip, Brotli])
        {
            MediaMagicException failure = Fail(new Answers().Add((request, _) => AnswerAsync(request, status, body())));
            Assert.Equal((code, status, Delivery.Rejected), (failure.Error.Code, failure.Error.StatusCode, failure.Delivery));
        }
    }

    [Fact]
    public void Create_is_unknown_when_a_success_cannot_be_unpacked()
    {
        foreach (Func<Stream> body in (Func<Stream>[])[Gzip, Brotli])
        {
            MediaMagicException failure = Fail(new Answers().Add((request, _) => AnswerAsync(request, 201, body())));
            Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        }
    }

    [Fact]
    public void Create_is_unknown_when_anything_else_goes_wrong_after_it_was_sent()
    {
        MediaMagicException failure = Fail(new Answers().Add(async (request, stop) =>
        {
            await request.Content!.ReadAsByteArrayAsync(stop);
            throw new NotSupportedException("What nobody expected.");
        }));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
    }

    private static GZipStream Gzip() => new(Garbage(), CompressionMode.Decompress);

    private static BrotliStream Brotli() => new(Garbage(), CompressionMode.Decompress);

    private static MemoryStream Garbage() => new([0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0xfa, 0xf9, 0xf8, 0xf7, 0xf6, 0xf5, 0xf4]);

    private static async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, int status, Stream body)
    {
        await request.Content!.ReadAsByteArrayAsync();
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(body) };
    }

    private MediaMagicException Fail(Answers answers)
    {
        using MediaMagicClient client = TestClient.With(answers, _clock);
        return _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
    }
}
