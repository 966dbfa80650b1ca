using System;

namespace MediaMagic.Files;

/// <summary>Ogg: sound, unless one of its streams is a picture track.</summary>
internal static class OggSignature
{
    private const int HeaderLength = 27;
    private const int FlagsOffset = 5;
    private const int SegmentsOffset = 26;
    private const byte FirstPage = 2;
    private const int MaxStreams = 8;

    private static ReadOnlySpan<byte> Theora => [0x80, (byte)'t', (byte)'h', (byte)'e', (byte)'o', (byte)'r', (byte)'a'];

    public static Detection Detect(ByteWindow window)
    {
        if (!window.Head.StartsWith("OggS"u8))
        {
            return Detection.None;
        }

        // Every stream opens with a page of its own, and these pages come before all others.
        long offset = 0;
        for (int i = 0; i < MaxStreams; i++)
        {
            ReadOnlySpan<byte> page = window.At(offset, HeaderLength + 255 + 8);
            if (page.Length < HeaderLength || !page.StartsWith("OggS"u8) || (page[FlagsOffset] & FirstPage) == 0)
            {
                break;
            }

            int segments = page[SegmentsOffset];
            if (page.Length < HeaderLength + segments)
            {
                break;
            }

            if (IsVideo(page.Slice(HeaderLength + segments)))
            {
                return new(MediaType.OggVideo);
            }

            offset += HeaderLength + segments + Sum(page.Slice(HeaderLength, segments));
        }

        return new(MediaType.Ogg);
    }

    private static bool IsVideo(ReadOnlySpan<byte> packet) =>
        packet.StartsWith(Theora) || packet.StartsWith("\x01video"u8) || packet.StartsWith("BBCD"u8);

    private static int Sum(ReadOnlySpan<byte> sizes)
    {
        int sum = 0;
        foreach (byte size in sizes)
        {
            sum += size;
        }

        return sum;
    }
}
