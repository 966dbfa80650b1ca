using System;

namespace MediaMagic.Formatting;

/// <summary>
/// Formats values for the format file. Its members are indexers because constrained language forbids calls of methods. They have two
/// parameters or more because PowerShell spreads a single array and rejects a single null.
/// </summary>
public sealed class Columns
{
    private Columns()
    {
    }

    /// <summary>Gets the one instance.</summary>
    public static Columns As { get; } = new();

    /// <summary>Gets a value in the named format: the text to show or, for Any, a value indicating whether there is something to show.</summary>
    public object this[string format, object? value] => format switch
    {
        nameof(Look.Address) => Look.Address(value),
        nameof(Look.Any) => Look.Any(value),
        nameof(Look.Clock) => Look.Clock(value),
        nameof(Look.Count) => Look.Count(value),
        nameof(Look.Duration) => Look.Duration(value),
        nameof(Look.FullTime) => Look.FullTime(value),
        nameof(Look.KeyHint) => Look.KeyHint(value),
        nameof(Look.Milliseconds) => Look.Milliseconds(value),
        nameof(Look.Once) => Look.Once(value),
        nameof(Look.Percent) => Look.Percent(value),
        nameof(Look.Rate) => Look.Rate(value),
        nameof(Look.Route) => Look.Route(value),
        nameof(Look.Size) => Look.Size(value),
        nameof(Look.Status) => Look.Status(value),
        nameof(Look.Text) => Look.Text(value),
        nameof(Look.Time) => Look.Time(value),
        nameof(Look.TimeLeft) => Look.TimeLeft(value),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>Gets two values in the named format.</summary>
    public object this[string format, object? first, object? second] => format switch
    {
        nameof(Look.Answer) => Look.Answer(first, second),
        nameof(Look.Problem) => Look.Problem(first, second),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
