using System;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>A date in Retry-After counts from the Date of the same answer, because the clock of this machine may differ from the service's.</summary>
public sealed class ServiceTimeTests
{
    private const string Read = """{"submissionId":"s1"}""";
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(429, "Wed, 03 Jun 2026 12:05:00 GMT", "Wed, 03 Jun 2026 12:05:20 GMT")]
    [InlineData(503, "Wed, 03 Jun 2026 12:05:00 GMT", "Wed, 03 Jun 2026 12:05:20 GMT")]
    [InlineData(429, "Wed, 03 Jun 2026 11:55:00 GMT", "Wed, 03 Jun 2026 11:55:20 GMT")]
    [InlineData(503, "Wed, 03 Jun 2026 11:55:00 GMT", "Wed, 03 Jun 2026 11:55:20 GMT")]
    [InlineData(429, "Tue, 02 Jun 2026 23:59:50 GMT", "Wednesday, 03-Jun-26 00:00:10 GMT")]
    public void Wait_is_kept_when_the_clocks_differ(int status, string date, string retryAfter)
    {
        Answers answers = new Answers { Clock = _clock }.Status(status, "{}", ("Date", date), ("Retry-After", retryAfter)).Status(200, Read);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(TimeSpan.FromSeconds(20), answers.Times[1]);
    }

    [Fact]
    public void Wait_that_is_too_long_is_not_begun_when_the_clocks_differ()
    {
        Answers answers = new Answers().Status(
            429, "{}", ("Date", "Wed, 03 Jun 2026 11:55:00 GMT"), ("Retry-After", "Wed, 03 Jun 2026 11:57:00 GMT"));
        using MediaMagicClient client = TestClient.With(answers, _clock);
        ApiError error = _clock.Fails(() => client.Submissions.GetAsync("s1")).Error;
        Assert.Equal((ErrorCode.RateLimited, TimeSpan.FromMinutes(2)), (error.Code, error.RetryAfter));
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
        Assert.Single(answers.Asked);
    }

    [Fact]
    public void Wait_in_seconds_does_not_depend_on_any_clock()
    {
        Answers answers = new Answers { Clock = _clock }
            .Status(429, "{}", ("Date", "Wed, 03 Jun 2026 11:00:00 GMT"), ("Retry-After", "20"))
            .Status(200, Read);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(TimeSpan.FromSeconds(20), answers.Times[1]);
    }
}
