using System;

namespace MediaMagic.Files;

/// <summary>Formats that a fixed run of bytes at the start gives away.</summary>
internal static class MagicSignature
{
    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static Detection Detect(ByteWindow window)
    {
        ReadOnlySpan<byte> head = window.Head;
        return head switch
        {
            _ when head.StartsWith(Jpeg) => new(MediaType.Jpeg),
            _ when head.StartsWith(Png) => new(MediaType.Png),
            _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => new(MediaType.Gif),
            _ when head.StartsWith("ADIF"u8) => new(MediaType.Aac),
            _ when head.StartsWith("fLaC"u8) => new(MediaType.Flac),
            _ when head.StartsWith(@"{\rtf"u8) => new(MediaType.Rtf),
            _ => Detection.None,
        };
    }
}
