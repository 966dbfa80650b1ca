using System;
using System.Globalization;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>How long an error says to wait: by the clock of the service that sent it.</summary>
public sealed class WaitHeaderTests
{
    private const string RateLimit = """{"error":{"code":"rate_limit_exceeded","message":"Too many requests","status":429}}""";
    private static readonly DateTimeOffset s_now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly ErrorContext s_context = new() { Now = s_now };

    [Theory]
    [InlineData("Wed, 03 Jun 2026 12:05:00 GMT", 30)]
    [InlineData("Wednesday, 03-Jun-26 12:05:00 GMT", 30)]
    [InlineData("Wed Jun  3 12:05:00 2026", 30)]
    [InlineData("Wed, 03 Jun 2026 12:06:00 GMT", 0)]
    [InlineData("not a date", 330)]
    [InlineData("", 330)]
    public void Date_of_the_answer_counts_and_else_the_clock_of_this_machine(string date, double seconds)
    {
        ApiError error = Answers.Read(429, "", s_context, ("Date", date), ("Retry-After", "Wed, 03 Jun 2026 12:05:30 GMT"));
        Assert.Equal(TimeSpan.FromSeconds(seconds), error.RetryAfter);
    }

    [Theory]
    [InlineData(45, 45)]
    [InlineData(0, 0)]
    [InlineData(-60, 0)]
    public void Erynoa_reset_is_the_wait_when_retry_after_is_missing(int after, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Answers.Read(429, RateLimit, s_context, ("X-RateLimit-Reset", UnixTime(after))).RetryAfter);

    [Fact]
    public void Erynoa_reset_counts_from_the_date_of_the_answer()
    {
        ApiError error = Answers.Read(
            429, RateLimit, s_context, ("Date", "Wed, 03 Jun 2026 12:05:00 GMT"), ("X-RateLimit-Reset", UnixTime(312)));
        Assert.Equal(TimeSpan.FromSeconds(12), error.RetryAfter);
    }

    [Fact]
    public void Erynoa_retry_after_wins_over_the_reset()
    {
        ApiError error = Answers.Read(429, RateLimit, s_context, ("Retry-After", "7"), ("X-RateLimit-Reset", UnixTime(45)));
        Assert.Equal((ErrorSystem.Erynoa, TimeSpan.FromSeconds(7)), (error.System, error.RetryAfter));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-45")]
    [InlineData("1e9")]
    public void Erynoa_reset_that_is_no_time_says_nothing(string reset) =>
        Assert.Null(Answers.Read(429, RateLimit, s_context, ("X-RateLimit-Reset", reset)).RetryAfter);

    [Fact]
    public void Erynoa_reset_that_is_absurdly_far_is_still_a_time()
    {
        TimeSpan? wait = Answers.Read(429, RateLimit, s_context, ("X-RateLimit-Reset", "9223372036854775807")).RetryAfter;
        Assert.InRange(wait!.Value.TotalDays, 365, 36500);
    }

    [Theory]
    [InlineData(500, """{"error":{"code":"internal_error","message":"Sorry"}}""")]
    [InlineData(429, """{"error":"Rate limit exceeded: too many submission writes"}""")]
    [InlineData(429, "<html><title>Too many requests</title></html>")]
    public void Reset_says_nothing_when_it_is_not_a_rate_limit_of_Erynoa(int status, string body) =>
        Assert.Null(Answers.Read(status, body, s_context, ("X-RateLimit-Reset", UnixTime(45))).RetryAfter);

    private static string UnixTime(int secondsFromNow) => s_now.AddSeconds(secondsFromNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
