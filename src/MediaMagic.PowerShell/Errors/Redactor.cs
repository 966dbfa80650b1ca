using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace MediaMagic.Errors;

/// <summary>Takes keys, webhook secrets and URL signatures out of text, by shape and by what is known, however escaped.</summary>
public sealed class Redactor
{
    internal const string Mask = "***";
    private const string Secret = "s";
    private const int ShortestKnown = 8;
    private const int ShortestTail = 4;

    // A log may quote a URL inside JSON inside HTML; more layers than this are nobody's accident.
    private const int Layers = 4;

    // Every repetition has a bound or is followed by nothing, so that the time stays linear. What stands behind a header's name may be
    // the name of the next one, and is not used up then.
    private static readonly Regex s_shapes = new(
        @"sk_(?:live|test)_(?<s>[a-z0-9_\-]+)"
        + @"|rtn_sk_(?<s>[a-z0-9_\-]+)"
        + @"|whsec_(?<s>[a-z0-9+/=_\-]+)"
        + @"|[""']secret[""']\s{0,4}:\s{0,4}[""'](?!whsec_)(?<s>[^\s""'\\]{8,})"
        + @"|\bsig(?:=|[""']\s{0,4}:\s{0,4}[""'])(?<s>[^&\s""'<>\\,;)\]}]+)"
        + @"|\bx-api-key[""']?\s{0,4}[:=]\s{0,4}[""']?(?!x-api-key|authorization)(?<s>[^\s""'<>&\\,;]{8,})"
        + @"|\bauthorization[""']?\s{0,4}[:=]\s{0,4}[""']?(?:bearer|basic|digest|token|sharedkey(?:lite)?)\s{1,4}(?=(?<s>[^\s""'<>\\]+))"
        + @"|://[^\s/:@""'<>]{0,256}:(?<s>[^\s/@""'<>]{1,256})@"
        + @"|\bbearer\s{1,4}(?=[a-z0-9._~+/\-]{0,80}[0-9])(?<s>[a-z0-9._~+/=\-]{16,})",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    // One of these begins every shape. To look for them first costs a tenth of the expression, on a path that every request takes.
    private static readonly string[] s_beginnings = ["sk_", "whsec_", "secret", "sig", "x-api-key", "authorization", "bearer", "://"];

    private readonly object _adding = new();

    // Replaced as a whole, so that readers need no lock.
    private volatile string[] _known = [];

    /// <summary>Knows the shapes only.</summary>
    public static Redactor Default { get; } = new();

    /// <summary>Remembers a secret that must never be shown; very short ones are left to the shapes.</summary>
    public void Add(string? secret)
    {
        if (this != Default && secret is { Length: >= ShortestKnown })
        {
            lock (_adding)
            {
                _known = [.. _known.Union(SecretForms.Of(secret), StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The text without secrets.</summary>
    public string Redact(string? text) => Redact(text, cut: false);

    /// <summary>The text without secrets; of one that was cut off also without the beginning of a secret at its end.</summary>
    internal string Redact(string? text, bool cut) => Redact(text, cut, shapes: true);

    /// <summary>Returns the text without the secrets that were added. What only looks like a secret stays: an answer may be there to tell it.</summary>
    internal string RedactKnown(string text) => _known.Length == 0 ? text : Redact(text, cut: false, shapes: false);

    /// <summary>Returns a value indicating whether the body may hold a secret that was added.</summary>
    internal bool MayHold(ReadOnlySpan<byte> body) => SecretScan.MayHold(body, _known);

    private string Redact(string? text, bool cut, bool shapes)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        List<(int Start, int End)> found = [];
        UnescapedText layer = new(text!);
        for (int i = 0; i <= Layers; i++)
        {
            if (shapes)
            {
                FindShapes(layer, found);
            }

            FindKnown(layer, cut, found);
            if (_known.Length > 0 && layer.Compact() is UnescapedText compact)
            {
                FindKnown(compact, cut, found);
            }

            if (layer.Unescape() is not UnescapedText next)
            {
                break;
            }

            layer = next;
        }

        return found.Count == 0 ? text! : Without(text!, found);
    }

    private static void FindShapes(UnescapedText layer, List<(int Start, int End)> found)
    {
        if (!Array.Exists(s_beginnings, beginning => layer.Text.Contains(beginning, StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        for (Match match = s_shapes.Match(layer.Text); match.Success; match = match.NextMatch())
        {
            Group secret = match.Groups[Secret];
            found.Add(layer.Origin(secret.Index, secret.Length));
        }
    }

    private void FindKnown(UnescapedText layer, bool cut, List<(int Start, int End)> found)
    {
        foreach (string secret in _known)
        {
            // In any case of letters: hexadecimal keys survive being written in the other one.
            int at = layer.Text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            while (at >= 0)
            {
                found.Add(layer.Origin(at, secret.Length));
                at = layer.Text.IndexOf(secret, at + secret.Length, StringComparison.OrdinalIgnoreCase);
            }

            for (int length = secret.Length - 1; cut && length >= ShortestTail; length--)
            {
                if (layer.Text.EndsWith(secret.Substring(0, length), StringComparison.OrdinalIgnoreCase))
                {
                    found.Add(layer.Origin(layer.Text.Length - length, length));
                    break;
                }
            }
        }
    }

    private static string Without(string text, List<(int Start, int End)> found)
    {
        found.Sort();
        StringBuilder clean = new(text.Length);
        int at = 0;
        foreach ((int start, int end) in found)
        {
            if (end <= at)
            {
                continue;
            }

            // What touches or overlaps what was masked before needs no mask of its own.
            if (start > at || at == 0)
            {
                clean.Append(text, at, start - at).Append(Mask);
            }

            at = end;
        }

        return clean.Append(text, at, text.Length - at).ToString();
    }
}
