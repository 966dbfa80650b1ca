using System;

namespace MediaMagic.Files;

/// <summary>Matroska and WebM, one container: its document type tells them apart.</summary>
internal static class MatroskaSignature
{
    private const ulong DocTypeId = 0x4282;

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    public static Detection Detect(ByteWindow window)
    {
        ReadOnlySpan<byte> head = window.Head;
        if (!head.StartsWith(Ebml))
        {
            return Detection.None;
        }

        int position = Ebml.Length;
        if (!TryRead(head, ref position, keepMarker: false, out ulong size))
        {
            return Unread;
        }

        // A header without a length goes on until something that is not part of it.
        int end = (int)Math.Min((ulong)head.Length, (ulong)position + Math.Min(size, ByteWindow.Budget));
        bool whole = (ulong)position + size <= (ulong)head.Length;
        while (position < end)
        {
            if (!TryRead(head, ref position, keepMarker: true, out ulong id)
                || !TryRead(head, ref position, keepMarker: false, out ulong length)
                || length > (ulong)(head.Length - position))
            {
                return Unread;
            }

            if (id == DocTypeId)
            {
                return FromDocType(head.Slice(position, (int)length));
            }

            position += (int)length;
        }

        // The document type may be left out, and is matroska then.
        return whole ? new(MediaType.Matroska) : Unread;
    }

    private static Detection Unread => new(null, MediaType.Matroska);

    private static Detection FromDocType(ReadOnlySpan<byte> docType)
    {
        docType = docType.TrimEnd((byte)0);
        return docType switch
        {
            _ when docType.SequenceEqual("matroska"u8) => new(MediaType.Matroska),
            _ when docType.SequenceEqual("webm"u8) => new(MediaType.WebM),
            _ => new("application/x-ebml"),
        };
    }

    /// <summary>Reads a number whose first byte's leading zeros tell its length.</summary>
    private static bool TryRead(ReadOnlySpan<byte> bytes, ref int position, bool keepMarker, out ulong value)
    {
        value = 0;
        if (position >= bytes.Length || bytes[position] == 0)
        {
            return false;
        }

        int count = 1;
        for (int mask = 0x80; (bytes[position] & mask) == 0; mask >>= 1)
        {
            count++;
        }

        if (count > bytes.Length - position)
        {
            return false;
        }

        value = keepMarker ? bytes[position] : (ulong)(bytes[position] & (0xFF >> count));
        for (int i = 1; i < count; i++)
        {
            value = (value << 8) | bytes[position + i];
        }

        position += count;
        return true;
    }
}
