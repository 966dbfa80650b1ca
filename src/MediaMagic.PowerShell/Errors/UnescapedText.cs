using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace MediaMagic.Errors;

/// <summary>A text with one layer of JSON, URL and HTML escapes taken off, that remembers where each character came from.</summary>
internal sealed class UnescapedText
{
    // With more leading zeros than anybody writes.
    private const int LongestEntity = 32;

    private static readonly Dictionary<string, char> s_entities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amp"] = '&',
        ["lt"] = '<',
        ["gt"] = '>',
        ["quot"] = '"',
        ["apos"] = '\'',
        ["equals"] = '=',
        ["plus"] = '+',
        ["sol"] = '/',
        ["lowbar"] = '_',
        ["percnt"] = '%',
        ["nbsp"] = ' ',
    };

    // Where each character begins and ends in the first text; null in the first text itself.
    private readonly int[]? _starts;
    private readonly int[]? _ends;

    /// <summary>The first text, as it is.</summary>
    public UnescapedText(string text)
        : this(text, null, null)
    {
    }

    private UnescapedText(string text, int[]? starts, int[]? ends)
    {
        Text = text;
        _starts = starts;
        _ends = ends;
    }

    /// <summary>The text of this layer.</summary>
    public string Text { get; }

    /// <summary>Returns the place in the first text that a part of this layer came from. The part is not empty.</summary>
    public (int Start, int End) Origin(int index, int length) =>
        _starts is null || _ends is null ? (index, index + length) : (_starts[index], _ends[index + length - 1]);

    /// <summary>The next layer, or null when nothing is escaped any more.</summary>
    public UnescapedText? Unescape()
    {
        if (Text.IndexOfAny(['\\', '%', '&']) < 0)
        {
            return null;
        }

        StringBuilder plain = new(Text.Length);
        int[] starts = new int[Text.Length];
        int[] ends = new int[Text.Length];
        bool changed = false;
        int at = 0;
        while (at < Text.Length)
        {
            int length = Escape(at, out char c);
            changed |= length > 0;
            (starts[plain.Length], ends[plain.Length]) = Origin(at, Math.Max(length, 1));
            plain.Append(length > 0 ? c : Text[at]);
            at += Math.Max(length, 1);
        }

        return changed ? new UnescapedText(plain.ToString(), starts, ends) : null;
    }

    /// <summary>Returns the text without spaces, line ends, terminal sequences and invisible characters, any of which may break a secret; null when there are none.</summary>
    public UnescapedText? Compact()
    {
        StringBuilder plain = new(Text.Length);
        int[] starts = new int[Text.Length];
        int[] ends = new int[Text.Length];
        int at = 0;
        while (at < Text.Length)
        {
            int gap = SafeText.SequenceLength(Text, at);
            if (gap == 0 && !IsGap(Text[at]))
            {
                (starts[plain.Length], ends[plain.Length]) = Origin(at, 1);
                plain.Append(Text[at]);
            }

            at += Math.Max(gap, 1);
        }

        return plain.Length == Text.Length ? null : new UnescapedText(plain.ToString(), starts, ends);
    }

    // No secret holds anything but ASCII: what is not a letter elsewhere (soft hyphens, characters without a width, marks, halves of pairs) is a gap.
    private static bool IsGap(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Surrogate;

    // The length of the escape that stands here, or 0.
    private int Escape(int at, out char c)
    {
        c = default;
        return Text[at] switch
        {
            '%' => Number(at + 1, 2, 16, out c) ? 3 : 0,
            '\\' => Backslash(at, out c),
            '&' => Entity(at, out c),
            _ => 0,
        };
    }

    private int Backslash(int at, out char c)
    {
        char kind = at + 1 < Text.Length ? Text[at + 1] : default;
        c = kind;
        switch (kind)
        {
            case 'u' or 'U':
                return Number(at + 2, 4, 16, out c) ? 6 : 0;
            case 'x' or 'X':
                return Number(at + 2, 2, 16, out c) ? 4 : 0;
            case 'n' or 'r' or 't' or 'b' or 'f':
                c = ' ';
                return 2;
            default:
                return kind is '/' or '\\' or '"' or '\'' ? 2 : 0;
        }
    }

    private int Entity(int at, out char c)
    {
        c = default;
        int end = Text.IndexOf(';', at, Math.Min(LongestEntity, Text.Length - at));
        if (end < 0)
        {
            return 0;
        }

        // &#115; and &#x73; are numbers, &amp; is a name.
        int number = Text[at + 1] != '#' ? 0 : at + 2 < end && Text[at + 2] is 'x' or 'X' ? at + 3 : at + 2;
        bool known = number == 0
            ? s_entities.TryGetValue(Text.Substring(at + 1, end - at - 1), out c)
            : Number(number, end - number, number == at + 3 ? 16 : 10, out c);
        return known ? end - at + 1 : 0;
    }

    private bool Number(int at, int length, int radix, out char c)
    {
        int code = 0;
        c = default;
        for (int i = at; i < at + length; i++)
        {
            int digit = i < Text.Length ? Digit(Text[i]) : -1;
            if (digit < 0 || digit >= radix)
            {
                return false;
            }

            code = (code * radix) + digit;
        }

        c = (char)code;
        return length > 0;
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
