using System;
using System.Buffers.Binary;
#if NET
using System.Buffers;
using System.Linq;
#endif

namespace MediaMagic.Files;

/// <summary>Reads bytes as text of whatever layout, and says when they are not text.</summary>
internal static class TextHead
{
    // What belongs in a text below the blank: bell, backspace, tab, the line ends (10 to 13), the DOS end mark, escape.
    private const uint UsualControls = (0b111_1111u << 7) | (1u << 26) | (1u << 27);
    private const uint Delete = 0x7F;
    private const byte Foreign = 0xFF;

#if NET
    private static readonly SearchValues<byte> s_strange = SearchValues.Create([.. Enumerable.Range(0, 256).Where(static value => IsStrange((uint)value)).Select(static value => (byte)value)]);
#endif

    /// <summary>The layout, and how many bytes its byte order mark takes.</summary>
    public static (TextEncoding Encoding, int Mark) Recognise(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (TextEncoding.Narrow, 3),
        [0xFF, 0xFE, 0, 0, ..] => (TextEncoding.Utf32LittleEndian, 4),
        [0, 0, 0xFE, 0xFF, ..] => (TextEncoding.Utf32BigEndian, 4),
        [0xFF, 0xFE, ..] => (TextEncoding.Utf16LittleEndian, 2),
        [0xFE, 0xFF, ..] => (TextEncoding.Utf16BigEndian, 2),

        // Markup need not have a mark: its first character says as much.
        [(byte)'<', 0, not 0, 0, ..] => (TextEncoding.Utf16LittleEndian, 0),
        [0, (byte)'<', 0, not 0, ..] => (TextEncoding.Utf16BigEndian, 0),
        _ => (TextEncoding.Narrow, 0),
    };

    /// <summary>Whether bytes of the narrow layout have nothing in them that no text has.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
#if NET
        return !bytes.ContainsAny(s_strange);
#else
        foreach (byte value in bytes)
        {
            if (IsStrange(value))
            {
                return false;
            }
        }

        return true;
#endif
    }

    /// <summary>Makes a wide layout narrow, for whoever looks for ASCII only; false when it is not text.</summary>
    public static bool TryNarrow(ReadOnlySpan<byte> bytes, TextEncoding encoding, Span<byte> narrow, out int count)
    {
        int width = encoding is TextEncoding.Utf16LittleEndian or TextEncoding.Utf16BigEndian ? 2 : 4;
        count = 0;
        bool inPair = false;
        for (int i = 0; i + width <= bytes.Length; i += width)
        {
            uint value = Read(bytes.Slice(i), encoding);
            bool isSecond = value is >= 0xDC00 and <= 0xDFFF;
            if (IsStrange(value) || value is 0xFFFE or 0xFFFF or > 0x10FFFF || isSecond != inPair)
            {
                return false;
            }

            inPair = value is >= 0xD800 and <= 0xDBFF;
            narrow[count++] = value < 0x80 ? (byte)value : Foreign;
        }

        return true;
    }

    private static bool IsStrange(uint value) => value < 0x20 ? ((UsualControls >> (int)value) & 1) == 0 : value == Delete;

    private static uint Read(ReadOnlySpan<byte> bytes, TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf16LittleEndian => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        TextEncoding.Utf16BigEndian => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        TextEncoding.Utf32LittleEndian => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };
}
