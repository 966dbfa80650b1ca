using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using MediaMagic.Errors;

namespace MediaMagic.Formatting;

/// <summary>How the format file shows values: on one line, harmless to a terminal, without secrets, and never an error.</summary>
public static class Look
{
    // A text is looked at this far and shown this far; who wants all of it asks for the property.
    private const int LongestRead = 16 * 1024;
    private const int LongestShown = 2000;
    private const int KeyTail = 4;
    private const int KeyShortest = 16;
    private const string CommonPath = "/api/integrations";

    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Any value, lists and members included.</summary>
    public static string Text(object? value)
    {
        string text = SafeText.Harmless(SafeText.Cut(PlainText.Of(value), LongestRead));
        return SafeText.OneLine(Redactor.Default.Redact(text, cut: true), LongestShown);
    }

    /// <summary>A state, a severity, or a yes or no where no is bad, in its colour.</summary>
    public static string Status(object? value) => Palette.Paint(Text(value));

    /// <summary>What was answered: the status, and the error's code where there is one.</summary>
    public static string Answer(object? status, object? code)
    {
        string text = $"{Text(status)} {Text(code)}".Trim();
        return PlainText.Number(status) is double number ? Palette.Paint(text, number < 400 ? Palette.Good : Palette.Bad) : Palette.Paint(text, Palette.Bad);
    }

    /// <summary>What went wrong: its kind and the words for it.</summary>
    public static string Problem(object? kind, object? message)
    {
        string[] parts = [.. new[] { Text(kind), Text(message) }.Where(part => part.Length > 0)];
        return string.Join(": ", parts);
    }

    /// <summary>How many there are.</summary>
    public static string Count(object? items) => PlainText.Items(items).Count().ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether there is anything to show.</summary>
    public static bool Any(object? value) => PlainText.Unwrap(value) switch
    {
        null => false,
        string text => text.Length > 0,
        IEnumerable items => PlainText.Items(items).Any(),
        _ => true,
    };

    /// <summary>A size in bytes: "12.0 MiB".</summary>
    public static string Size(object? bytes)
    {
        if (PlainText.Number(bytes) is not double size)
        {
            return string.Empty;
        }

        int unit = 0;
        while (Math.Round(Math.Abs(size), 1) >= 1024 && unit < s_units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return size.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + s_units[unit];
    }

    /// <summary>A rate in bytes a second: "3.1 MiB/s".</summary>
    public static string Rate(object? bytesPerSecond) => Size(bytesPerSecond) is { Length: > 0 } size ? size + "/s" : string.Empty;

    /// <summary>A share: "45 %".</summary>
    public static string Percent(object? value) =>
        PlainText.Number(value) is double number ? number.ToString("0", CultureInfo.InvariantCulture) + " %" : string.Empty;

    /// <summary>A stretch of time: "350 ms", "4.2 s", "3 min 5 s".</summary>
    public static string Duration(object? value) => PlainText.Unwrap(value) switch
    {
        null => string.Empty,
        TimeSpan span => Moments.Duration(span),
        object other => Text(other),
    };

    /// <summary>A stretch of time given in milliseconds.</summary>
    public static string Milliseconds(object? value) =>
        PlainText.Number(value) is double number && Math.Abs(number) < TimeSpan.MaxValue.TotalMilliseconds
            ? Moments.Duration(TimeSpan.FromTicks((long)(number * TimeSpan.TicksPerMillisecond)))
            : string.Empty;

    /// <summary>A local date and time, to the minute.</summary>
    public static string Time(object? value) => Moments.Local(value, Moments.Minute);

    /// <summary>A local date and time, to the second and with its zone.</summary>
    public static string FullTime(object? value) => Moments.Local(value, Moments.Second);

    /// <summary>A local time of the day, to the millisecond.</summary>
    public static string Clock(object? value) => Moments.Local(value, Moments.Clock);

    /// <summary>How long it is until then: "14 min 59 s", or "expired".</summary>
    public static string TimeLeft(object? value) =>
        Moments.Of(value) is not DateTimeOffset end ? string.Empty
        : end - TimeProvider.System.GetUtcNow() is var left && left > TimeSpan.Zero ? Moments.Duration(left)
        : Palette.Paint("expired", Palette.Bad);

    /// <summary>An address without user, query and fragment, where signatures live.</summary>
    public static string Address(object? value)
    {
        string text = PlainText.Of(value);
        return UriText.Parse(text) is Uri address && address.Host.Length > 0
            ? Text(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped))
            : Text(text.Split('?', '#')[0]);
    }

    /// <summary>The path of a request without what all paths begin with.</summary>
    public static string Route(object? path)
    {
        string text = Text(path);
        return text.StartsWith(CommonPath + "/", StringComparison.Ordinal) ? text.Substring(CommonPath.Length) : text;
    }

    /// <summary>What may be shown of a key: "sk_test_…ab12".</summary>
    public static string KeyHint(object? value)
    {
        string key = SafeText.Harmless(PlainText.Of(value)).Trim();
        string? prefix = new[] { ApiKey.LivePrefix, ApiKey.SandboxPrefix }.FirstOrDefault(start => key.StartsWith(start, StringComparison.Ordinal));
        return key.Length == 0 ? string.Empty
            : prefix is null || key.Length < KeyShortest ? Redactor.Mask
            : $"{prefix}…{key.Substring(key.Length - KeyTail)}";
    }

    /// <summary>Where a secret is that is told only once; the secret itself is not shown.</summary>
    public static string Once(object? secret) => Any(secret) ? "(shown once: .Secret)" : string.Empty;
}
