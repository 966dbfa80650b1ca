using System;
using System.Globalization;

namespace MediaMagic.Errors;

/// <summary>Reads how long a service asks to wait.</summary>
internal static class RetryAfterHeader
{
    // Longer than anybody waits, short enough to be added to any date.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3650);

    // The three forms of an HTTP date behind the name of the day, which is sometimes wrong and never needed.
    private static readonly string[] s_dates =
    [
        "d MMM yyyy HH:mm:ss 'GMT'", "d-MMM-yy HH:mm:ss 'GMT'", "MMM d HH:mm:ss yyyy",
    ];

    /// <summary>The wait that a Retry-After value asks for, in seconds or until a date; null when it says nothing.</summary>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        string text = value?.Trim() ?? string.Empty;
        return text.Length == 0 ? null : Number(text, 1) ?? Date(text, now);
    }

    /// <summary>The wait that a value in milliseconds asks for.</summary>
    public static TimeSpan? ParseMilliseconds(string? value) => Number(value?.Trim() ?? string.Empty, 0.001);

    private static TimeSpan? Number(string text, double unit)
    {
        // The parser also takes words such as Infinity, which are no number of seconds.
        if (text.Length == 0 || !Array.TrueForAll(text.ToCharArray(), static c => c is (>= '0' and <= '9') or '.'))
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            // Older frameworks refuse a number that is too large for them.
            return text.IndexOf('.') != text.LastIndexOf('.') || text == "." ? null : s_longest;
        }

        double seconds = number * unit;
        return seconds >= s_longest.TotalSeconds ? s_longest : TimeSpan.FromSeconds(seconds);
    }

    private static TimeSpan? Date(string text, DateTimeOffset now)
    {
        int dayEnd = text.IndexOfAny([',', ' ']);
        string rest = dayEnd < 0 ? string.Empty : text.Substring(dayEnd + 1);
        DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (!DateTime.TryParseExact(rest, s_dates, CultureInfo.InvariantCulture, styles, out DateTime date))
        {
            return null;
        }

        TimeSpan wait = date - now.UtcDateTime;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longest ? s_longest : wait;
    }
}
