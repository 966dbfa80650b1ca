using System;
using System.IO;
using System.IO.Compression;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Http;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>A success that the module fails to read.</summary>
public sealed class UnreadSuccessTests
{
    private const string Hidden = "what the reader met";
    private readonly FakeClock _clock = new();

    [Fact]
    public void Create_is_unknown_when_its_reader_fails_in_any_way()
    {
        ApiRequest request = new(HttpMethod.Post, "submissions", "submission_write", RequestSafety.Create) { Endpoint = ApiEndpoint.SubmissionCreate, BlobPaths = ["w/a.mp4"] };
        MediaMagicException failure = Fail(request);
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        Assert.Contains("'w/a.mp4' may exist", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_changes_nothing_when_its_reader_fails()
    {
        MediaMagicException failure = Fail(new ApiRequest(HttpMethod.Get, "submissions/s1", "submission_read", RequestSafety.Read));
        Assert.Equal((ErrorCode.InvalidResponse, Delivery.Rejected), (failure.Error.Code, failure.Delivery));
    }

    [Fact]
    public void Read_ends_in_an_error_when_its_body_fails_in_any_way()
    {
        // Nothing can be read from a stream that compresses.
        Answers answers = new Answers().Add(static (_, _) => Task.FromResult(
            new HttpResponseMessage { Content = new StreamContent(new DeflateStream(Stream.Null, CompressionMode.Compress)) }));
        using MediaMagicClient client = TestClient.With(answers, _clock);
        MediaMagicException failure = _clock.Fails(() => client.Submissions.GetAsync("s1"));
        Assert.Equal((ErrorCode.InvalidResponse, Delivery.NotSent), (failure.Error.Code, failure.Delivery));
    }

    private MediaMagicException Fail(ApiRequest request)
    {
        Answers answers = new Answers().Status(201, "{}");
        MediaMagicClientOptions options = new() { TimeProvider = _clock, Handler = () => answers, BaseUri = new Uri("https://api.test/") };
        using ApiSender sender = new(ApiKey.Parse(TestClient.SandboxKey), options, new RetryBudget(_clock));
        return _clock.Fails(() => sender.SendAsync<string>(request, _ => throw new InvalidOperationException(Hidden), null, default));
    }
}
