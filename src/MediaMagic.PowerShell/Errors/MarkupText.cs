using System;
using System.Net;
using System.Text;

namespace MediaMagic.Errors;

/// <summary>What a person would read of an HTML or XML page.</summary>
internal static class MarkupText
{
    private static readonly string[] s_silent = ["script", "style", "head"];

    /// <summary>Whether the text is markup.</summary>
    public static bool Matches(string text) => text.TrimStart().StartsWith('<');

    /// <summary>The page's title, or else its text without tags.</summary>
    public static string Read(string text)
    {
        string title = WebUtility.HtmlDecode(Title(text)).Trim();
        return SafeText.Harmless(title.Length > 0 ? title : WebUtility.HtmlDecode(WithoutTags(text)));
    }

    private static string Title(string text)
    {
        int tag = text.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        int start = tag < 0 ? -1 : text.IndexOf('>', tag);
        int end = start < 0 ? -1 : text.IndexOf('<', start);
        return end < 0 ? string.Empty : text.Substring(start + 1, end - start - 1);
    }

    private static string WithoutTags(string text)
    {
        StringBuilder plain = new();
        int at = 0;
        while (at < text.Length)
        {
            int tag = text.IndexOf('<', at);
            if (tag < 0)
            {
                plain.Append(text, at, text.Length - at);
                break;
            }

            plain.Append(text, at, tag - at).Append(' ');
            int end = text.IndexOf('>', AfterSilent(text, tag));
            at = end < 0 ? text.Length : end + 1;
        }

        return plain.ToString();
    }

    // Where the tag that begins here ends for a reader: what scripts and styles hold is not for people.
    private static int AfterSilent(string text, int tag)
    {
        foreach (string name in s_silent)
        {
            if (string.Compare(text, tag + 1, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
                && tag + 1 + name.Length < text.Length && !char.IsLetter(text[tag + 1 + name.Length]))
            {
                int close = text.IndexOf("</" + name, tag, StringComparison.OrdinalIgnoreCase);
                return close < 0 ? text.Length : close;
            }
        }

        return tag;
    }
}
