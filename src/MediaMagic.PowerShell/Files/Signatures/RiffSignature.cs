using System;

namespace MediaMagic.Files;

/// <summary>AVI, WAV (also in its 64-bit forms) and WebP, which share a container.</summary>
internal static class RiffSignature
{
    private const int FormOffset = 8;

    public static Detection Detect(ByteWindow window)
    {
        ReadOnlySpan<byte> head = window.Head;
        if (head.Length < FormOffset + 4)
        {
            return Detection.None;
        }

        ReadOnlySpan<byte> form = head.Slice(FormOffset, 4);
        if (head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
        {
            return form.SequenceEqual("WAVE"u8) ? new(MediaType.Wav) : Detection.None;
        }

        return form switch
        {
            _ when !head.StartsWith("RIFF"u8) => Detection.None,
            _ when form.SequenceEqual("AVI "u8) => new(MediaType.Avi),
            _ when form.SequenceEqual("WAVE"u8) => new(MediaType.Wav),
            _ when form.SequenceEqual("WEBP"u8) => new(MediaType.WebP),
            _ => Detection.None,
        };
    }
}
