using System;
using System.Text;

namespace MediaMagic.Files;

/// <summary>Finds the first element of a markup text, behind prolog, comments and document type.</summary>
internal static class MarkupScanner
{
    public static Markup Scan(ReadOnlySpan<byte> text)
    {
        bool isXml = false;
        bool hasBegun = false;
        while (true)
        {
            text = text.TrimStart(" \t\r\n\f"u8);
            if (text.IsEmpty)
            {
                return hasBegun ? Markup.Unfinished : Markup.None;
            }

            int length;
            if (text.StartsWith("<?"u8))
            {
                isXml |= text.StartsWith("<?xml"u8);
                length = End(text, "?>"u8);
            }
            else if (text.StartsWith("<!--"u8))
            {
                length = End(text.Slice(4), "-->"u8) is int end and > 0 ? end + 4 : 0;
            }
            else if (StartsWithIgnoreCase(text, "<!doctype"))
            {
                if (IsHtmlName(NameAt(text.Slice(9).TrimStart(" \t\r\n"u8))))
                {
                    return Markup.Html;
                }

                isXml = true;
                length = DoctypeLength(text);
            }
            else
            {
                return FromElement(text, isXml);
            }

            if (length == 0)
            {
                return Markup.Unfinished;
            }

            hasBegun = true;
            text = text.Slice(length);
        }
    }

    private static Markup FromElement(ReadOnlySpan<byte> text, bool isXml)
    {
        if (text[0] != (byte)'<')
        {
            return isXml ? Markup.Xml : Markup.None;
        }

        ReadOnlySpan<byte> rest = text.Slice(1);
        ReadOnlySpan<byte> name = NameAt(rest);
        if (name.Length == rest.Length)
        {
            return Markup.Unfinished;
        }

        ReadOnlySpan<byte> local = name.Slice(name.IndexOf((byte)':') + 1);
        return local switch
        {
            _ when local.SequenceEqual("svg"u8) => Markup.Svg,
            _ when IsHtmlName(name) => Markup.Html,
            _ => isXml ? Markup.Xml : Markup.None,
        };
    }

    /// <summary>The length of a document type; quotes and an internal subset may hold a closing bracket.</summary>
    private static int DoctypeLength(ReadOnlySpan<byte> text)
    {
        int depth = 0;
        for (int i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'"' or (byte)'\'':
                    int closing = text.Slice(i + 1).IndexOf(text[i]);
                    if (closing < 0)
                    {
                        return 0;
                    }

                    i += closing + 1;
                    break;
                case (byte)'<' when text.Slice(i).StartsWith("<!--"u8):
                    int comment = End(text.Slice(i + 4), "-->"u8);
                    if (comment == 0)
                    {
                        return 0;
                    }

                    i += comment + 3;
                    break;
                case (byte)'[' or (byte)'<':
                    depth++;
                    break;
                case (byte)']':
                    depth--;
                    break;
                case (byte)'>' when depth <= 0:
                    return i + 1;
                case (byte)'>':
                    depth--;
                    break;
            }
        }

        return 0;
    }

    private static int End(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark) =>
        text.IndexOf(mark) is int found and >= 0 ? found + mark.Length : 0;

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> text)
    {
        int end = 0;
        while (end < text.Length && " \t\r\n\f/>["u8.IndexOf(text[end]) < 0)
        {
            end++;
        }

        return text.Slice(0, end);
    }

    private static bool IsHtmlName(ReadOnlySpan<byte> name) =>
        name.Length is >= 4 and <= 6
        && Encoding.UTF8.GetString(name).ToUpperInvariant() is "HTML" or "HEAD" or "BODY" or "SCRIPT";

    private static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, string start) =>
        text.Length >= start.Length
        && string.Equals(Encoding.UTF8.GetString(text.Slice(0, start.Length)), start, StringComparison.OrdinalIgnoreCase);
}
