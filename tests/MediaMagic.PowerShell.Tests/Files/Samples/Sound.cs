using System.Linq;

namespace MediaMagic.Tests.Files.Samples;

/// <summary>MPEG audio, AAC, and the tag that may stand before either.</summary>
internal static class Sound
{
    /// <summary>Frames of layer III, 128 kbit/s at 44.1 kHz.</summary>
    public static byte[] Mp3(int frames) => Repeat(frames, new Bytes().Raw(0xFF, 0xFB, 0x90, 0x64).Fill(413).ToArray());

    /// <summary>Frames of MPEG 2 layer III, 64 kbit/s at 22.05 kHz.</summary>
    public static byte[] LowMp3(int frames) => Repeat(frames, new Bytes().Raw(0xFF, 0xF3, 0x80, 0x64).Fill(204).ToArray());

    /// <summary>Frames of MPEG 2.5 layer III, 64 kbit/s at 11.025 kHz.</summary>
    public static byte[] LowestMp3(int frames) => Repeat(frames, new Bytes().Raw(0xFF, 0xE3, 0x80, 0x64).Fill(413).ToArray());

    /// <summary>Frames of MPEG 2 layer II, 64 kbit/s at 22.05 kHz, every one padded.</summary>
    public static byte[] Mp2(int frames) => Repeat(frames, new Bytes().Raw(0xFF, 0xF5, 0x82, 0x64).Fill(414).ToArray());

    /// <summary>Frames of layer I, 384 kbit/s at 48 kHz.</summary>
    public static byte[] Mp1(int frames) => Repeat(frames, new Bytes().Raw(0xFF, 0xFF, 0xC4, 0x64).Fill(380).ToArray());

    /// <summary>AAC in ADTS frames of 200 bytes.</summary>
    public static byte[] Aac(int frames) =>
        Repeat(frames, new Bytes().Raw(0xFF, 0xF1, 0x50, 0x80, 0x19, 0x1F, 0xFC).Fill(193, 0x21).ToArray());

    /// <summary>Sound behind an ID3 tag of that many bytes.</summary>
    public static byte[] Tagged(byte[] sound, int tagLength = 300, bool withFooter = false)
    {
        int[] shifts = [21, 14, 7, 0];
        byte[] size = [.. shifts.Select(shift => (byte)((tagLength >> shift) & 0x7F))];
        Bytes bytes = new Bytes().Ascii("ID3").Raw(4, 0, (byte)(withFooter ? 0x10 : 0)).Raw(size).Fill(tagLength);
        if (withFooter)
        {
            bytes.Ascii("3DI").Raw(4, 0, 0x10).Raw(size);
        }

        return bytes.Raw(sound).ToArray();
    }

    private static byte[] Repeat(int times, byte[] frame)
    {
        Bytes bytes = new();
        for (int i = 0; i < times; i++)
        {
            bytes.Raw(frame);
        }

        return bytes.ToArray();
    }
}
