using System;
using System.Globalization;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Every form of Retry-After.</summary>
public class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 3, 14, 0, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("120", 120)]
    [InlineData("120 ", 120)]
    [InlineData("\t7", 7)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    [InlineData(".25", 0.25)]
    [InlineData("Wed, 03 Jun 2026 12:00:30 GMT", 30)]
    [InlineData("Wednesday, 03-Jun-26 12:00:30 GMT", 30)]
    [InlineData("Wed Jun  3 12:00:30 2026", 30)]
    [InlineData("Wed Jun 13 12:00:00 2026", 864000)]
    [InlineData("Mon, 03 Jun 2026 12:00:30 GMT", 30)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 0)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 0)]
    [InlineData("Sun Nov  6 08:49:37 1994", 0)]
    public void Says_how_long(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfterHeader.Parse(value, s_now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("1.2.3")]
    [InlineData(".")]
    [InlineData("soon")]
    [InlineData("Infinity")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("12 seconds")]
    [InlineData("Wed, 31 Jun 2026 12:00:30 GMT")]
    [InlineData("Wed, 03 Jun 2026")]
    [InlineData("Wed,")]
    public void Says_nothing(string? value) => Assert.Null(RetryAfterHeader.Parse(value, s_now));

    [Theory]
    [InlineData("99999999999")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999999999999999999999")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public void Absurdly_long_is_long_and_still_a_time(string value)
    {
        TimeSpan wait = RetryAfterHeader.Parse(value, s_now)!.Value;
        Assert.InRange(wait.TotalDays, 365, 36500);
        Assert.True(DateTimeOffset.MaxValue > s_now + wait);
    }

    [Fact]
    public void Four_hundred_digits_are_long_too() =>
        Assert.InRange(RetryAfterHeader.Parse(new string('9', 400), s_now)!.Value.TotalDays, 365, 36500);

    [Fact]
    public void Culture_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            NumberFormatInfo numbers = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty) { NumberFormat = numbers };
            Assert.Equal(TimeSpan.FromSeconds(1.5), RetryAfterHeader.Parse("1.5", s_now));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("x-ms-retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "3", 3)]
    [InlineData("retry-after", "Wed, 03 Jun 2026 12:00:10 GMT", 10)]
    public void Reader_finds_the_header(string name, string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Answers.Read(429, "", new ErrorContext { Now = s_now }, (name, value)).RetryAfter);

    [Fact]
    public void Reader_finds_none() => Assert.Null(Answers.Read(429, "").RetryAfter);
}
