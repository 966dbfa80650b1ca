using System.Text;
using System.Text.RegularExpressions;

namespace MediaMagic.Errors;

/// <summary>Makes a stranger's text fit for a terminal.</summary>
internal static class SafeText
{
    private const string Sequence = @"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]";

    // Terminal sequences, control characters but tab and line ends, and marks that turn the direction of text or hide in it.
    private static readonly Regex s_harmful = new(
        Sequence + @"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_sequence = new(@"\G" + Sequence, RegexOptions.CultureInvariant);

    /// <summary>Returns the length of the terminal sequence at this place, or 0.</summary>
    public static int SequenceLength(string text, int at) => text[at] is '\x1b' or '\x9b' ? s_sequence.Match(text, at).Length : 0;

    /// <summary>The text without what could steer a terminal; broken Unicode is replaced.</summary>
    public static string Harmless(string text) => WholeCharacters(s_harmful.Replace(text, string.Empty));

    /// <summary>The text on one line and not longer than that.</summary>
    public static string OneLine(string text, int longest)
    {
        StringBuilder line = new(text.Length < longest ? text.Length : longest + 1);
        bool space = false;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                space = line.Length > 0;
                continue;
            }

            if (space)
            {
                line.Append(' ');
                space = false;
            }

            line.Append(c);
            if (line.Length > longest)
            {
                break;
            }
        }

        return Cut(line.ToString(), longest);
    }

    /// <summary>The text, ended by an ellipsis where it is longer.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        int end = longest - 1;
        return text.Remove(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end) + "…";
    }

    private static string WholeCharacters(string text)
    {
        StringBuilder? repaired = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            repaired ??= new StringBuilder(text);
            repaired[i] = '\uFFFD';
        }

        return repaired?.ToString() ?? text;
    }
}
