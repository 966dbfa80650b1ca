using System;

namespace MediaMagic.Files;

/// <summary>Sound behind an ID3 tag, as a rule MPEG audio.</summary>
internal static class TaggedAudioSignature
{
    private const int HeaderLength = 10;
    private const byte HasFooter = 0x10;

    public static Detection Detect(ByteWindow window)
    {
        ReadOnlySpan<byte> tag = window.Head;
        if (!tag.StartsWith("ID3"u8))
        {
            return Detection.None;
        }

        if (tag.Length < HeaderLength || tag[3] is < 2 or > 4 || ((tag[6] | tag[7] | tag[8] | tag[9]) & 0x80) != 0)
        {
            return new(null, MediaType.Mpeg);
        }

        // Seven bits of every byte, so that the size never looks like a frame.
        long size = (tag[6] << 21) | (tag[7] << 14) | (tag[8] << 7) | tag[9];
        long end = HeaderLength + size + ((tag[5] & HasFooter) != 0 ? HeaderLength : 0);
        ReadOnlySpan<byte> sound = window.At(end, 8);
        return sound switch
        {
            _ when AdtsSignature.IsFrame(sound) => new(MediaType.Aac),
            _ when sound.StartsWith("fLaC"u8) => new(MediaType.Flac),
            _ => new(MediaType.Mpeg),
        };
    }
}
