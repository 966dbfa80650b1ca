using System;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace MediaMagic.Errors;

/// <summary>Takes keys, webhook secrets and URL signatures out of text, by their shape and by what is known.</summary>
public sealed class Redactor
{
    private const string Mask = "***";

    // A key, a webhook secret, and the signature of a presigned URL (plain, or with its & and = escaped).
    private static readonly Regex s_shapes = new(
        @"(?<keep>sk_(?:live|test)_)[A-Za-z0-9_\-]+|(?<keep>whsec_)[A-Za-z0-9+/=_\-]+|(?<keep>\bsig(?:=|%3D|\\u003[dD]))[^&\s""'<>\\]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(2));

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Knows the shapes only.</summary>
    public static Redactor Default { get; } = new();

    /// <summary>Remembers a secret that must never be shown; very short ones are left to the shapes.</summary>
    public void Add(string? secret)
    {
        if (this != Default && secret is { Length: >= 8 })
        {
            _known.TryAdd(secret, true);
            _known.TryAdd(Uri.EscapeDataString(secret), true);
        }
    }

    /// <summary>The text without secrets.</summary>
    public string Redact(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        foreach (string secret in _known.Keys)
        {
            text = text!.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return s_shapes.Replace(text, static match => match.Groups["keep"].Value + Mask);
    }
}
