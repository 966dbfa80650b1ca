using System;
using System.Globalization;

namespace MediaMagic.Formatting;

/// <summary>Times and durations as people read them.</summary>
internal static class Moments
{
    internal const string Minute = "yyyy-MM-dd HH:mm";
    internal const string Second = "yyyy-MM-dd HH:mm:ss zzz";
    internal const string Clock = "HH:mm:ss.fff";

    /// <summary>The moment that a value means; null when it is none or was never set.</summary>
    public static DateTimeOffset? Of(object? value) => PlainText.Unwrap(value) switch
    {
        DateTimeOffset moment when moment != default => moment,
        DateTime moment when moment > DateTime.MinValue.AddDays(1) => moment,
        _ => null,
    };

    /// <summary>The moment in the zone of this machine; text stays text.</summary>
    public static string Local(object? value, string format) =>
        Of(value) is DateTimeOffset moment ? moment.ToLocalTime().ToString(format, CultureInfo.InvariantCulture)
        : PlainText.Unwrap(value) is DateTimeOffset or DateTime ? string.Empty
        : Look.Text(value);

    /// <summary>The two largest units that matter.</summary>
    public static string Duration(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
        {
            return "0 ms";
        }

        double milliseconds = Math.Round(span.TotalMilliseconds);
        double seconds = Math.Round(span.TotalSeconds, 1);
        if (milliseconds < 1000)
        {
            return milliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms";
        }

        if (seconds < 60)
        {
            return seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
        }

        long whole = (long)seconds;
        return whole < 3600 ? $"{whole / 60} min {whole % 60} s"
            : whole < 86400 ? $"{whole / 3600} h {whole / 60 % 60} min"
            : $"{whole / 86400} d {whole / 3600 % 24} h";
    }
}
