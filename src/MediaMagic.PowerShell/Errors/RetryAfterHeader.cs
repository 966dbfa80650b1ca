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

    /// <summary>
    /// Returns the wait that the headers of an answer ask for, whichever of them does; null when none does. Dates are compared with the
    /// Date of the same answer, since the clock of this machine may differ from the service's.
    /// </summary>
    public static TimeSpan? Of(Func<string, string?> header, DateTimeOffset now) =>
        ParseMilliseconds(header("retry-after-ms"))
        ?? ParseMilliseconds(header("x-ms-retry-after-ms"))
        ?? (header("Retry-After") is string value ? Parse(value, SentAt(header, now)) : null);

    /// <summary>Returns the wait until a limit that is told as a time in Unix seconds.</summary>
    public static TimeSpan? UntilReset(Func<string, string?> header, string name, DateTimeOffset now)
    {
        if (!long.TryParse(header(name)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            return null;
        }

        double wait = seconds - SentAt(header, now).ToUnixTimeSeconds();
        return wait <= 0 ? TimeSpan.Zero : wait >= s_longest.TotalSeconds ? s_longest : TimeSpan.FromSeconds(wait);
    }

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

    private static DateTimeOffset SentAt(Func<string, string?> header, DateTimeOffset now) => Moment(header("Date")?.Trim() ?? string.Empty) ?? now;

    private static TimeSpan? Date(string text, DateTimeOffset now)
    {
        if (Moment(text) is not DateTimeOffset date)
        {
            return null;
        }

        TimeSpan wait = date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longest ? s_longest : wait;
    }

    private static DateTimeOffset? Moment(string text)
    {
        int dayEnd = text.IndexOfAny([',', ' ']);
        string rest = dayEnd < 0 ? string.Empty : text.Substring(dayEnd + 1);
        DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTime.TryParseExact(rest, s_dates, CultureInfo.InvariantCulture, styles, out DateTime date) ? new DateTimeOffset(date, TimeSpan.Zero) : null;
    }
}
