using System;
using System.Text;

namespace MediaMagic.Errors;

/// <summary>The text of a body, whatever its encoding, and not more of it than anybody reads.</summary>
internal static class BodyText
{
    /// <summary>The most that is read of a body, in bytes or characters.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>The beginning of the body as text, and whether something was left off.</summary>
    public static string Decode(ReadOnlySpan<byte> body, string? contentType, out bool cut)
    {
        cut = body.Length > Longest;
        ReadOnlySpan<byte> part = cut ? body.Slice(0, Longest) : body;
        Encoding encoding = EncodingOf(part, contentType);
        string text = encoding.GetString(part);

        // A cut goes through the middle of a character as readily as between two.
        return Clean(cut ? text.TrimEnd('\uFFFD') : text);
    }

    /// <summary>The beginning of the text, and whether something was left off.</summary>
    public static string Limit(string? body, out bool cut)
    {
        cut = body?.Length > Longest;
        return Clean(cut ? body!.Substring(0, Longest) : body ?? string.Empty);
    }

    private static string Clean(string text) => SafeText.Harmless(text);

    private static Encoding EncodingOf(ReadOnlySpan<byte> body, string? contentType)
    {
        if (body.Length >= 2)
        {
            // Without a mark the zero beside the first ASCII character tells UTF-16 and its byte order.
            switch (body[0], body[1])
            {
                case (0xFF, 0xFE) or (not 0, 0):
                    return Encoding.Unicode;
                case (0xFE, 0xFF) or (0, not 0):
                    return Encoding.BigEndianUnicode;
                case (0xEF, 0xBB):
                    return Encoding.UTF8;
            }
        }

        bool latin = contentType?.Contains("8859-1", StringComparison.OrdinalIgnoreCase) == true
            || contentType?.Contains("windows-1252", StringComparison.OrdinalIgnoreCase) == true;
        return latin ? Encoding.GetEncoding("iso-8859-1") : Encoding.UTF8;
    }
}
