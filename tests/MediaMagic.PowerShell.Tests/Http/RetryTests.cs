using System;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

public sealed class RetryTests
{
    private const string Created = """{"submissionId":"s1","status":"submitted","assets":[{"assetId":"a1"}]}""";
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(429, 4)]
    [InlineData(500, 4)]
    [InlineData(502, 4)]
    [InlineData(503, 4)]
    [InlineData(504, 4)]
    [InlineData(400, 1)]
    [InlineData(401, 1)]
    [InlineData(402, 1)]
    [InlineData(403, 1)]
    [InlineData(404, 1)]
    [InlineData(408, 1)]
    [InlineData(409, 1)]
    [InlineData(413, 1)]
    [InlineData(415, 1)]
    [InlineData(422, 1)]
    [InlineData(501, 1)]
    public void A_read_is_repeated_only_where_that_may_help(int status, int attempts)
    {
        Answers answers = new Answers().Status(status);
        MediaMagicException failure = _clock.Fails(() => TestClient.With(answers, _clock).Submissions.GetAsync("s1"));
        Assert.Equal(attempts, answers.Asked.Count);
        Assert.Equal(attempts, failure.Error.Attempts);
        Assert.Equal(status, failure.Error.StatusCode);
    }

    [Theory]
    [InlineData(429, 4)]
    [InlineData(500, 4)]
    [InlineData(502, 4)]
    [InlineData(503, 1)]
    [InlineData(504, 1)]
    [InlineData(409, 1)]
    public void A_create_is_repeated_only_after_429_500_and_502(int status, int attempts)
    {
        Answers answers = new Answers().Status(status);
        _clock.Fails(() => Create(answers));
        Assert.Equal(attempts, answers.Asked.Count);
    }

    [Fact]
    public void Every_attempt_sends_the_same_fresh_body()
    {
        Answers answers = new Answers().Status(500).Lost().Status(201, Created);
        Submission created = _clock.Run(() => Create(answers));
        Assert.Equal("s1", created.SubmissionId);
        Assert.Equal(3, answers.Asked.Count);
        Assert.Single(answers.Asked.Distinct());
        Assert.Equal("""POST /api/integrations/submissions {"assets":[{"blobPath":"w/a.mp4"}]}""", answers.Asked[0]);
    }

    [Fact]
    public void Delays_double_and_carry_jitter_upwards_only()
    {
        foreach (double chance in new[] { 0, 0.5, 0.999 })
        {
            FakeClock clock = new();
            Answers answers = new Answers { Clock = clock }.Status(500);
            clock.Fails(() => TestClient.With(answers, clock, options => options.Random = () => chance).Submissions.GetAsync("s1"));
            double[] gaps = [.. answers.Times.Zip(answers.Times.Skip(1), (before, after) => (after - before).TotalSeconds)];
            Assert.Equal(new double[] { 1, 2, 4 }.Select(delay => Math.Round(delay * (1 + (0.25 * chance)), 2)), gaps.Select(gap => Math.Round(gap, 2)));
        }
    }

    [Fact]
    public void A_delay_never_exceeds_the_longest()
    {
        Answers answers = new Answers { Clock = _clock }.Status(502);
        _clock.Fails(() => TestClient.With(answers, _clock, options =>
        {
            options.MaxAttempts = 10;
            options.CircuitBreaker = false;
            options.MaxRetryDelay = TimeSpan.FromSeconds(5);
        }).Submissions.GetAsync("s1"));
        Assert.Equal(10, answers.Times.Count);
        Assert.All(answers.Times.Zip(answers.Times.Skip(1), (before, after) => after - before), gap => Assert.True(gap <= TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void One_attempt_means_one()
    {
        Answers answers = new Answers().Status(500);
        _clock.Fails(() => TestClient.With(answers, _clock, options => options.MaxAttempts = 1).Submissions.GetAsync("s1"));
        Assert.Single(answers.Asked);
    }

    [Fact]
    public void A_time_out_ends_the_attempt_and_a_read_goes_on()
    {
        Answers answers = new Answers { Clock = _clock }.Silence().Silence().Status(200, """{"submissionId":"s1"}""");
        Submission read = _clock.Run(() => TestClient.With(answers, _clock, options => options.Timeout = TimeSpan.FromSeconds(7)).Submissions.GetAsync("s1"));
        Assert.Equal("s1", read.SubmissionId);
        Assert.Equal(7, Math.Floor(answers.Times[1].TotalSeconds - 1));
    }

    [Fact]
    public void A_call_that_only_times_out_says_so()
    {
        MediaMagicException failure = _clock.Fails(() => TestClient.With(new Answers().Silence(), _clock).Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.Timeout, failure.Error.Code);
        Assert.Equal(4, failure.Error.Attempts);
        Assert.Null(failure.Error.StatusCode);
    }

    [Fact]
    public void A_service_that_cannot_be_reached_says_so()
    {
        MediaMagicException failure = _clock.Fails(() => TestClient.With(new Answers().NotSent(), _clock).Submissions.GetAsync("s1"));
        Assert.Equal(ErrorCode.ConnectionFailed, failure.Error.Code);
        Assert.Contains("Connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0.5", 0.5)]
    [InlineData("Wed, 03 Jun 2026 12:00:20 GMT", 20)]
    public void Retry_after_is_honoured_to_the_second(string header, double seconds)
    {
        foreach (int status in new[] { 429, 500, 503 })
        {
            FakeClock clock = new();
            Answers answers = new Answers { Clock = clock }.Status(status, "{}", ("Retry-After", header)).Status(200, """{"submissionId":"s1"}""");
            clock.Run(() => TestClient.With(answers, clock).Submissions.GetAsync("s1"));
            double waited = answers.Times[1].TotalSeconds;
            Assert.True(waited >= seconds, $"{status} {header}: waited only {waited} s");
            Assert.True(waited <= Math.Max(seconds, 1.25), $"{status} {header}: waited {waited} s");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-5")]
    [InlineData("soon")]
    public void Without_a_useful_retry_after_the_backoff_decides(string? header)
    {
        Answers answers = new() { Clock = _clock };
        answers.Status(429, "{}", header is null ? [] : [("Retry-After", header)]).Status(200, """{"submissionId":"s1"}""");
        _clock.Run(() => TestClient.With(answers, _clock).Submissions.GetAsync("s1"));
        Assert.InRange(answers.Times[1].TotalSeconds, 1, 1.25);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Wed, 03 Jun 2020 12:00:20 GMT")]
    public void A_retry_follows_at_once_when_retry_after_asks_for_no_wait(string header)
    {
        Answers answers = new Answers { Clock = _clock }.Status(429, "{}", ("Retry-After", header)).Status(200, """{"submissionId":"s1"}""");
        _clock.Run(() => TestClient.With(answers, _clock).Submissions.GetAsync("s1"));
        Assert.Equal(2, answers.Asked.Count);
        Assert.Equal(TimeSpan.Zero, answers.Times[1]);
    }

    [Fact]
    public void Retries_back_off_from_the_second_answer_on_that_asks_for_no_wait()
    {
        Answers answers = new() { Clock = _clock };
        answers.Status(429, "{}", ("Retry-After", "0")).Status(429, "{}", ("Retry-After", "0")).Status(429, "{}", ("Retry-After", "0"));
        answers.Status(200, """{"submissionId":"s1"}""");
        _clock.Run(() => TestClient.With(answers, _clock, options => options.Random = () => 0).Submissions.GetAsync("s1"));
        Assert.Equal([0, 0, 1, 3], answers.Times.Select(static time => time.TotalSeconds));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public void A_wait_of_exactly_what_is_allowed_is_waited_for(int status)
    {
        Answers answers = new Answers { Clock = _clock }.Status(status, "{}", ("Retry-After", "7")).Status(200, """{"submissionId":"s1"}""");
        _clock.Run(() => TestClient.With(answers, _clock, options => options.MaxRetryDelay = TimeSpan.FromSeconds(7)).Submissions.GetAsync("s1"));
        Assert.Equal([0, 7], answers.Times.Select(static time => time.TotalSeconds));
    }

    [Theory]
    [InlineData(429, "61")]
    [InlineData(429, "99999999999999999999")]
    [InlineData(429, "Wed, 03 Jun 2099 12:00:20 GMT")]
    [InlineData(500, "61")]
    public void A_wait_longer_than_allowed_gives_up_at_once(int status, string header)
    {
        Answers answers = new Answers { Clock = _clock }.Status(status, "{}", ("Retry-After", header));
        MediaMagicException failure = _clock.Fails(() => TestClient.With(answers, _clock).Submissions.GetAsync("s1"));
        Assert.Single(answers.Asked);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
        Assert.True(failure.Error.RetryAfter >= TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void A_removal_whose_answer_was_lost_is_done_when_the_repeat_finds_nothing()
    {
        Answers answers = new Answers().Lost().Status(404, """{"detail":"Not found"}""");
        _clock.Run(async () =>
        {
            await TestClient.With(answers, _clock).Webhooks.RemoveAsync("w1");
            return 0;
        });
        Assert.Equal(2, answers.Asked.Count);

        Answers gone = new Answers().Status(404, """{"detail":"Not found"}""");
        Assert.Equal(ErrorCode.NotFound, _clock.Fails(async () =>
        {
            await TestClient.With(gone, _clock).Webhooks.RemoveAsync("w1");
            return 0;
        }).Error.Code);
    }

    private Task<Submission> Create(Answers answers) => TestClient.With(answers, _clock).Submissions.CreateAsync(new NewSubmission("w/a.mp4"));
}
