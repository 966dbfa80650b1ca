namespace MediaMagic.Tests.Files.Samples;

/// <summary>Pictures of one pixel.</summary>
internal static class Pictures
{
    public static byte[] Jpeg() => new Bytes()
        .Raw(0xFF, 0xD8, 0xFF, 0xE0).Big(16, 2).Ascii("JFIF\0").Raw(1, 1, 0).Big(1, 2).Big(1, 2).Raw(0, 0)
        .Raw(0xFF, 0xDB).Big(67, 2).Raw(0).Fill(64, 1).Raw(0xFF, 0xD9).ToArray();

    public static byte[] Png() => new Bytes().Raw(0x89).Ascii("PNG\r\n").Raw(0x1A, 0x0A)
        .Big(13, 4).Ascii("IHDR").Big(1, 4).Big(1, 4).Raw(8, 0, 0, 0, 0).Big(0x3A7E9B55, 4)
        .Big(10, 4).Ascii("IDAT").Raw(0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1).Big(0x48AFA471, 4)
        .Big(0, 4).Ascii("IEND").Big(0xAE426082, 4).ToArray();

    public static byte[] Gif(string version = "89a") => new Bytes()
        .Ascii("GIF").Ascii(version).Little(1, 2).Little(1, 2).Raw(0x80, 0, 0, 0, 0, 0, 255, 255, 255)
        .Raw(0x2C).Fill(4).Little(1, 2).Little(1, 2).Raw(0, 2, 2, 0x44, 1, 0, 0x3B).ToArray();
}
