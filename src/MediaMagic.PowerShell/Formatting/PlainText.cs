using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using MediaMagic.Errors;

namespace MediaMagic.Formatting;

/// <summary>Turns the values of properties into text, the same in every culture.</summary>
internal static class PlainText
{
    private const int Deepest = 4;
    private const int MostItems = 20;

    // What is called so is a secret, whatever its shape.
    private static readonly Regex s_secretName = new(
        "^sig$|secret|signature|api[-_]?key|authorization|password|token", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The value without what PowerShell wraps around it.</summary>
    public static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>The value as a number; null when it is none.</summary>
    public static double? Number(object? value)
    {
        double? number = Unwrap(value) switch
        {
            int whole => whole,
            long whole => whole,
            double real => real,
            _ => null,
        };
        return number is double real2 && (double.IsNaN(real2) || double.IsInfinity(real2)) ? null : number;
    }

    /// <summary>The items of a list; none when there is no list.</summary>
    public static IEnumerable<object?> Items(object? value) =>
        Unwrap(value) is IEnumerable items and not string ? items.Cast<object?>() : [];

    /// <summary>The value as text.</summary>
    public static string Of(object? value) => Of(value, 0);

    private static string Of(object? value, int depth) => Unwrap(value) switch
    {
        null => string.Empty,
        string text => text,
        DateTimeOffset or DateTime => Moments.Local(value, Moments.Second),
        IDictionary or IEnumerable when depth == Deepest => "…",
        IDictionary members => Joined(members.Keys.Cast<object>().Select(name => Member(name, members[name], depth))),
        IEnumerable items => Joined(items.Cast<object?>().Select(item => Of(item, depth + 1))),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString() ?? string.Empty,
    };

    private static string Member(object name, object? value, int depth)
    {
        string text = Of(name);
        string shown = s_secretName.IsMatch(text) ? Redactor.Mask : Of(value, depth + 1);
        return $"{text}={shown}";
    }

    private static string Joined(IEnumerable<string> parts)
    {
        string[] some = [.. parts.Take(MostItems + 1)];
        if (some.Length > MostItems)
        {
            some[MostItems] = "…";
        }

        return string.Join("; ", some);
    }
}
