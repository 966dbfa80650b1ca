namespace MediaMagic.Simulator;

/// <summary>The checksums of a received body, as far as they were computed.</summary>
internal sealed class BodyChecksums
{
    public BodyChecksums(byte[]? md5, byte[]? crc64)
    {
        Md5 = md5;
        Crc64 = crc64;
    }

    public byte[]? Md5 { get; }

    /// <summary>Gets the CRC64 as storage sends it: eight bytes, the lowest first.</summary>
    public byte[]? Crc64 { get; }
}
