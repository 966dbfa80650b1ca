using System;

namespace MediaMagic.Files;

/// <summary>PDF, whose header may have something before it within the first 1,024 bytes.</summary>
internal static class PdfSignature
{
    private const int Reach = 1024;

    /// <summary>A header with nothing but blanks or a byte order mark before it.</summary>
    public static Detection DetectAtStart(ByteWindow window)
    {
        ReadOnlySpan<byte> head = window.Head.TrimStart("\uFEFF \t\r\n\0"u8);
        return head.StartsWith("%PDF-"u8) && window.Head.Length - head.Length < Reach ? new(MediaType.Pdf) : Detection.None;
    }

    /// <summary>A header behind other bytes.</summary>
    public static Detection DetectWithin(ByteWindow window) => IsWithin(window.Head) ? new(MediaType.Pdf) : Detection.None;

    public static bool IsWithin(ReadOnlySpan<byte> head) => head.Slice(0, Math.Min(head.Length, Reach)).IndexOf("%PDF-"u8) >= 0;
}
