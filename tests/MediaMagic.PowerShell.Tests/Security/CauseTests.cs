using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Simulator;
using MediaMagic.Tests.Errors;
using MediaMagic.Tests.Transfer;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>The inner exceptions of an error: PowerShell shows them all, and frameworks quote in them what servers sent.</summary>
public sealed class CauseTests
{
    private const string Rest = "0badc0de7e577e570badc0de7e577e570badc0de7e577e570badc0de7e577e57";
    private const string Key = "sk_live_" + Rest;

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nno header \u001b[2J {0}\r\n\r\n")]
    [InlineData("HTTP/1.1 {0} \u001b[2J\r\n\r\n")]
    [InlineData("{0} \u001b[2J\r\n\r\n")]
    public async Task What_a_broken_answer_quotes_is_clean_in_every_cause(string answer)
    {
        foreach (string secret in new[] { Key, Rest })
        {
            using RawServer server = RawServer.Always(answer.Replace("{0}", secret, StringComparison.Ordinal));
            using MediaMagicClient client = TestClient.Of(server.BaseUri, Key, static options => options.MaxAttempts = 1);
            MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => client.Submissions.GetAsync("s1"));
            Assert.NotNull(failure.InnerException);
            AssertClean(failure, Rest);
        }
    }

    [Fact]
    public async Task A_signature_that_storage_quotes_is_clean_in_every_cause()
    {
        const string Signature = "Zk39vQ+aB7xY2mN5pR8sT1uW4yC6eH0jL3oK9iD2g8";
        using RawServer storage = new(static async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 201 Created\r\nno header {Signature}\r\n\r\n");
        });
        using UploadFixture fixture = new(changeClient: static options => options.MaxAttempts = 1);
        using TempFile file = new(2 * UploadFixture.SinglePutLimit);
        fixture.Simulator.AddFault(new SimulatorFault
        {
            Endpoint = "POST /uploads/url",
            Status = 200,
            Count = 0,
            Body = $$"""{"uploadUrl":"{{storage.BaseUri}}blob?sig={{Uri.EscapeDataString(Signature)}}","blobPath":"w/clip.mp4"}""",
        });
        AssertClean(await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path)), Signature);
    }

    [Fact]
    public void A_cause_keeps_its_type_its_place_and_its_own_causes()
    {
        Exception thrown = Assert.Throws<HttpRequestException>((Action)(static () => throw new HttpRequestException($"the key {Key}", new IOException("\u001b[31mreset\nnow"))));
        MediaMagicException failure = new(new ApiError(new ErrorFacts { Message = "It failed." }), thrown);
        Assert.Equal("System.Net.Http.HttpRequestException: the key sk_live_***", failure.InnerException!.Message);
        Assert.Equal("System.IO.IOException: reset now", failure.InnerException.InnerException!.Message);
        Assert.Equal(thrown.StackTrace, failure.InnerException.StackTrace);
        Assert.Same(failure, new MediaMagicException(new ApiError(new ErrorFacts()), failure).InnerException);
    }

    [Fact]
    public void Causes_without_end_have_one()
    {
        Exception cause = new InvalidOperationException("0");
        for (int i = 1; i < 1000; i++)
        {
            cause = new InvalidOperationException($"{i}", cause);
        }

        Assert.InRange(Chain(new MediaMagicException(new ApiError(new ErrorFacts()), cause)).Count(), 2, 32);
    }

    // The words about a body that could not be read name the place in it, and the place may be named like a secret.
    [Fact]
    public void A_place_in_an_answer_that_is_named_like_the_key_is_not_named()
    {
        FakeClock clock = new();
        Answers answers = new Answers().Status(200, $$$"""{"submissionId":"s1","assets":[{"{{{Rest}}}":{"a":]}}""");
        using MediaMagicClient client = TestClient.With(answers, clock, key: Key);
        MediaMagicException failure = clock.Fails(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.InvalidResponse, failure.Error.Code);
        Assert.Contains("***", failure.Message, StringComparison.Ordinal);
        AssertClean(failure, Rest);
    }

    [Fact]
    public async Task A_cancelled_request_keeps_no_secret_either()
    {
        using CancellationTokenSource stop = new();
        using MediaMagicClient client = new(Key, new MediaMagicClientOptions
        {
            BaseUri = new Uri("https://api.test/"),
            MaxAttempts = 1,
            Handler = () => new Answers().Add(async (_, token) =>
            {
                await stop.CancelAsync();
                throw new HttpRequestException(Rest);
            }),
        });
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Submissions.GetAsync("s1", stop.Token));
        AssertClean(cancelled, Rest);
    }

    private static void AssertClean(Exception failure, string secret)
    {
        Canary.AssertAbsent(secret, failure.ToString());
        foreach (Exception cause in Chain(failure))
        {
            Canary.AssertAbsent(secret, cause.Message);
            Assert.DoesNotContain(cause.Message, static c => char.IsControl(c));
        }
    }

    private static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }
}
