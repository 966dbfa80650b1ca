using System;
using System.Text;

namespace MediaMagic.Simulator;

/// <summary>Tells whether a file begins as its declared type does.</summary>
internal static class FileSignatures
{
    private static readonly string[] s_quickTimeAtoms = ["ftyp", "moov", "mdat", "wide", "free"];

    public static bool Matches(string contentType, byte[] head) => FileTypes.Normalize(contentType) switch
    {
        "video/mp4" => At(head, 4, "ftyp"),
        "video/quicktime" => Array.Exists(s_quickTimeAtoms, atom => At(head, 4, atom)),
        "video/x-msvideo" => At(head, 0, "RIFF") && At(head, 8, "AVI "),
        "video/x-matroska" => At(head, 0, 0x1A, 0x45, 0xDF, 0xA3),
        "audio/mpeg" => At(head, 0, "ID3") || IsSync(head, 0xE0),
        "audio/wav" or "audio/x-wav" => (At(head, 0, "RIFF") || At(head, 0, "RF64")) && At(head, 8, "WAVE"),
        "audio/aac" => At(head, 0, "ADIF") || At(head, 0, "ID3") || IsSync(head, 0xF6),
        "audio/ogg" => At(head, 0, "OggS"),
        "image/jpeg" => At(head, 0, 0xFF, 0xD8, 0xFF),
        "image/png" => At(head, 0, 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A),
        "image/gif" => At(head, 0, "GIF87a") || At(head, 0, "GIF89a"),
        "image/webp" => At(head, 0, "RIFF") && At(head, 8, "WEBP"),
        "image/svg+xml" => IsSvg(head),
        "application/pdf" => Latin1(head).Contains("%PDF-", StringComparison.Ordinal),
        "application/msword" => At(head, 0, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => At(head, 0, 0x50, 0x4B, 0x03, 0x04),
        "text/plain" => IsText(head),
        _ => false,
    };

    private static bool At(byte[] head, int offset, string text) => At(head, offset, Encoding.ASCII.GetBytes(text));

    private static bool At(byte[] head, int offset, params byte[] expected)
    {
        if (head.Length < offset + expected.Length)
        {
            return false;
        }

        return head.AsSpan(offset, expected.Length).SequenceEqual(expected);
    }

    private static bool IsSync(byte[] head, int mask) =>
        head.Length > 1 && head[0] == 0xFF && (head[1] & mask) == (mask == 0xE0 ? 0xE0 : 0xF0);

    private static bool IsSvg(byte[] head)
    {
        string text = Latin1(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith('<') && (text.Contains("<svg", StringComparison.OrdinalIgnoreCase) || head.Length == PartSink.HeadLength));
    }

    private static bool IsText(byte[] head)
    {
        bool utf16 = At(head, 0, 0xFF, 0xFE) || At(head, 0, 0xFE, 0xFF);
        return utf16 || Array.IndexOf(head, (byte)0) < 0;
    }

    private static string Latin1(byte[] head) => Encoding.GetEncoding(28591).GetString(head);
}
