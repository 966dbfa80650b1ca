namespace MediaMagic.Tests.Files.Samples;

/// <summary>Matroska and WebM.</summary>
internal static class Ebml
{
    public static byte[] Of(string? docType)
    {
        Bytes header = new Bytes()
            .Raw(0x42, 0x86, 0x81, 1, 0x42, 0xF7, 0x81, 1, 0x42, 0xF2, 0x81, 4, 0x42, 0xF3, 0x81, 8);
        if (docType is not null)
        {
            header.Raw(0x42, 0x82).Raw((byte)(0x80 | docType.Length)).Ascii(docType);
        }

        header.Raw(0x42, 0x87, 0x81, 4, 0x42, 0x85, 0x81, 2);

        // The size in eight bytes, as real writers have it.
        return new Bytes().Raw(0x1A, 0x45, 0xDF, 0xA3).Big(0x01000000_00000000ul + (uint)header.Count, 8).Raw(header.ToArray())
            .Raw(0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF).Fill(100, 0xEC).ToArray();
    }
}
