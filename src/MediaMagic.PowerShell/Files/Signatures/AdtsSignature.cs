using System;

namespace MediaMagic.Files;

/// <summary>AAC in ADTS frames: a frame, and another one where the first ends.</summary>
internal static class AdtsSignature
{
    private const int HeaderLength = 7;
    private const int SampleRates = 13;

    public static Detection Detect(ByteWindow window)
    {
        ReadOnlySpan<byte> head = window.Head;
        if (!IsFrame(head))
        {
            return Detection.None;
        }

        byte stream = head[1];
        byte format = (byte)(head[2] & 0xFC);
        int length = head.Length < HeaderLength ? 0 : ((head[3] & 3) << 11) | (head[4] << 3) | (head[5] >> 5);
        if (length < HeaderLength)
        {
            return new(null, MediaType.Aac);
        }

        ReadOnlySpan<byte> next = window.At(length, HeaderLength);
        bool followed = length == window.Length
            || next.StartsWith("TAG"u8)
            || (IsFrame(next) && next[1] == stream && (next[2] & 0xFC) == format);
        return followed ? new(MediaType.Aac) : new(null, MediaType.Aac);
    }

    /// <summary>Whether an ADTS frame may begin here.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[0] == 0xFF && (bytes[1] & 0xF6) == 0xF0 && ((bytes[2] >> 2) & 0xF) < SampleRates;
}
