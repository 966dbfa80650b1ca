namespace MediaMagic.Transfer;

/// <summary>The CRC64 of a part of a file that lies within one cell of the grid.</summary>
/// <param name="Offset">The offset of the part in the file.</param>
/// <param name="Length">The length of the part.</param>
/// <param name="Crc">The checksum.</param>
internal sealed record ContentSum(long Offset, int Length, ulong Crc);
