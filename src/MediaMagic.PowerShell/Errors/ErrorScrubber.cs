using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>Takes secrets and terminal sequences out of everything that an error keeps.</summary>
internal sealed class ErrorScrubber
{
    private static readonly HashSet<string> s_secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "sig", "secret", "x-api-key", "authorization",
    };

    private readonly Redactor _redactor;

    /// <summary>Uses the redactor.</summary>
    public ErrorScrubber(Redactor? redactor) => _redactor = redactor ?? Redactor.Default;

    /// <summary>A text on one line; null when nothing is left.</summary>
    public string? Line(string? text, int longest)
    {
        if (text is null)
        {
            return null;
        }

        // Sequences go first, or one inside a secret would hide it from the redactor; the cut comes last, or it would do so.
        string line = SafeText.OneLine(Clean(text), longest);
        return line.Length == 0 ? null : line;
    }

    /// <summary>A link that a browser may be given; null for anything else.</summary>
    public string? Link(string? text) =>
        Line(text, BodyText.Longest) is string line
        && UriText.Parse(line) is Uri link
        && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
            ? line
            : null;

    /// <summary>The whole body; null when it is empty.</summary>
    public string? Body(string text, bool cut)
    {
        string clean = _redactor.Redact(text, cut);
        return clean.Length == 0 ? null : SafeText.Cut(clean, BodyText.Longest);
    }

    /// <summary>The members with clean names and values.</summary>
    public Dictionary<string, object?> Members(Dictionary<string, object?> members)
    {
        Dictionary<string, object?> clean = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in members)
        {
            // A name may tell that its value is a secret, which alone nothing would tell.
            clean[Clean(member.Key)] = s_secrets.Contains(member.Key) ? Redactor.Mask : Value(member.Value);
        }

        return clean;
    }

    private object? Value(object? value) => value switch
    {
        string text => Clean(text),
        Dictionary<string, object?> members => Members(members),
        object?[] items => items.Select(Value).ToArray(),
        _ => value,
    };

    private string Clean(string text) => _redactor.Redact(SafeText.Harmless(text));
}
