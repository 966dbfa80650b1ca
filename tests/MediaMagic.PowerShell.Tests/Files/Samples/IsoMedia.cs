namespace MediaMagic.Tests.Files.Samples;

/// <summary>MPEG-4, QuickTime and their relations.</summary>
internal static class IsoMedia
{
    public static byte[] WithBrands(string major, params string[] compatible)
    {
        Bytes bytes = new Bytes().Big((ulong)(16 + (4 * compatible.Length)), 4).Ascii("ftyp").Ascii(major).Big(0x200, 4);
        foreach (string brand in compatible)
        {
            bytes.Ascii(brand);
        }

        return Media(bytes).ToArray();
    }

    /// <summary>From before brands: the content right at the start, or behind room for something else.</summary>
    public static byte[] WithoutBrands(params string[] room)
    {
        Bytes bytes = new();
        foreach (string atom in room)
        {
            bytes.Big(24, 4).Ascii(atom).Fill(16);
        }

        return Media(bytes).ToArray();
    }

    private static Bytes Media(Bytes bytes) => bytes
        .Big(116, 4).Ascii("moov").Big(108, 4).Ascii("mvhd").Fill(100).Big(40, 4).Ascii("mdat").Fill(32, 0x55);
}
