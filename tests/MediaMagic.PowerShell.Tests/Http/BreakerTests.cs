using System;
using System.Net.Http;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Http;

public sealed class BreakerTests
{
    private const string Read = """{"submissionId":"s1"}""";
    private readonly FakeClock _clock = new();

    [Fact]
    public void Opens_after_five_failures_in_a_row_and_then_sends_nothing()
    {
        Answers answers = new Answers().Status(500);
        using MediaMagicClient client = Client(answers);
        Fail(client, 4);
        Assert.Equal(BreakerState.Closed, client.BreakerState);
        Fail(client, 1);
        Assert.Equal(BreakerState.Open, client.BreakerState);

        MediaMagicException refused = _clock.Fails(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.CircuitOpen, refused.Error.Code);
        Assert.Equal(0, refused.Error.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Error.RetryAfter);
        Assert.Contains("status 500", refused.Message, StringComparison.Ordinal);
        Assert.Equal(5, answers.Asked.Count);
        Assert.Equal(5, client.Requests);
    }

    [Fact]
    public void Counts_attempts_so_that_two_calls_are_enough()
    {
        Answers answers = new Answers().Status(500);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Fails(() => client.Submissions.GetAsync("s1"));
        MediaMagicException second = _clock.Fails(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.CircuitOpen, second.Error.Code);
        Assert.Equal(1, second.Error.Attempts);
        Assert.Equal(5, answers.Asked.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public void Answers_that_show_a_living_service_start_the_count_anew(int status)
    {
        Answers answers = new Answers().Status(500).Status(500).Status(500).Status(500).Status(status).Status(500).Status(500).Status(500).Status(500);
        using MediaMagicClient client = Client(answers);
        Fail(client, 9);
        Assert.Equal(BreakerState.Closed, client.BreakerState);
        Fail(client, 1);
        Assert.Equal(BreakerState.Open, client.BreakerState);
    }

    [Fact]
    public void A_body_that_cannot_be_made_says_nothing_about_the_service()
    {
        Answers answers = new Answers().Status(200, Read);
        using MediaMagicClient client = Client(answers);
        MediaMagicException changed = new(new ApiError(new ErrorFacts { Code = ErrorCode.FileChanged, Message = "It changed." }));
        for (int n = 0; n < 5; n++)
        {
            Assert.Same(changed, _clock.Fails(() => client.Uploads.SendDirectAsync("a.txt", "text/plain", () => throw changed)));
        }

        Assert.Equal(BreakerState.Closed, client.BreakerState);
    }

    [Fact]
    public void An_upload_whose_bytes_stand_still_says_nothing_about_the_service()
    {
        using MediaMagicClient client = Client(new Answers().Silence());
        for (int n = 0; n < 5; n++)
        {
            Exception failure = _clock.Fails(() =>
                client.Uploads.SendDirectAsync("a.txt", "text/plain", static _ => new ByteArrayContent([1]), static () => true, TimeSpan.FromSeconds(5), default));
            Assert.Equal(ErrorCode.Timeout, ((MediaMagicException)failure).Error.Code);
        }

        Assert.Equal(BreakerState.Closed, client.BreakerState);
    }

    [Fact]
    public void A_rate_limit_neither_counts_nor_starts_anew()
    {
        Answers answers = new Answers().Status(500).Status(500).Status(500).Status(500).Status(429, "{}", ("Retry-After", "1")).Status(500);
        using MediaMagicClient client = Client(answers);
        Fail(client, 5);
        Assert.Equal(BreakerState.Closed, client.BreakerState);
        Fail(client, 1);
        Assert.Equal(BreakerState.Open, client.BreakerState);
    }

    [Fact]
    public void Time_outs_and_lost_connections_count()
    {
        Answers answers = new Answers().Silence().Lost().NotSent().Silence().Lost();
        using MediaMagicClient client = Client(answers);
        Fail(client, 5);
        Assert.Equal(BreakerState.Open, client.BreakerState);
    }

    [Fact]
    public void After_a_minute_one_probe_decides()
    {
        Answers answers = new Answers().Status(500).Status(500).Status(500).Status(500).Status(500).Status(500).Status(200, Read);
        using MediaMagicClient client = Client(answers);
        Fail(client, 5);
        _clock.Advance(TimeSpan.FromSeconds(59.9));
        Fail(client, 1);
        Assert.Equal(5, answers.Asked.Count);

        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(BreakerState.HalfOpen, client.BreakerState);
        Fail(client, 1);
        Assert.Equal(6, answers.Asked.Count);
        Assert.Equal(BreakerState.Open, client.BreakerState);

        _clock.Advance(TimeSpan.FromSeconds(61));
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(BreakerState.Closed, client.BreakerState);
    }

    [Fact]
    public async Task While_the_probe_runs_nobody_else_gets_through()
    {
        TaskCompletionSource release = new();
        Answers answers = new Answers().Status(500).Status(500).Status(500).Status(500).Status(500)
            .Add(async (_, _) =>
            {
                await release.Task;
                return new System.Net.Http.HttpResponseMessage { Content = new System.Net.Http.StringContent(Read) };
            });
        using MediaMagicClient client = Client(answers);
        Fail(client, 5);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Task<Submission> probe = client.Submissions.GetAsync("s1");
        ApiError held = _clock.Fails(() => client.Submissions.GetAsync("s2")).Error;
        Assert.Equal((ErrorCode.CircuitOpen, TimeSpan.Zero), (held.Code, held.RetryAfter));
        Assert.Contains("while one tries", held.Message, StringComparison.Ordinal);
        release.SetResult();
        await probe;
        Assert.Equal(BreakerState.Closed, client.BreakerState);
    }

    [Fact]
    public void A_cancelled_probe_leaves_room_for_another()
    {
        Answers answers = new Answers().Status(500).Status(500).Status(500).Status(500).Status(500).Silence().Status(200, Read);
        using MediaMagicClient client = Client(answers);
        Fail(client, 5);
        _clock.Advance(TimeSpan.FromSeconds(61));
        using System.Threading.CancellationTokenSource stop = new();
        Task<Submission> probe = client.Submissions.GetAsync("s1", stop.Token);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _clock.Run(() => probe));
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(BreakerState.Closed, client.BreakerState);
    }

    [Fact]
    public void Can_be_left_out()
    {
        Answers answers = new Answers().Status(500);
        using MediaMagicClient client = TestClient.With(answers, _clock, options => (options.CircuitBreaker, options.MaxAttempts) = (false, 1));
        Fail(client, 20);
        Assert.Equal(20, answers.Asked.Count);
        Assert.Equal(BreakerState.Off, client.BreakerState);
    }

    private MediaMagicClient Client(Answers answers) => TestClient.With(answers, _clock, options => options.MaxAttempts = 1);

    private void Fail(MediaMagicClient client, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _clock.Fails(() => client.Submissions.GetAsync("s1"));
        }
    }
}
