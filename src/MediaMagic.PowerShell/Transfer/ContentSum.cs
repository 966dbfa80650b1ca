using System.Collections.Generic;

namespace MediaMagic.Transfer;

/// <summary>The checksum that Azure Storage uses (CRC-64/NVME) of a part of a file. It detects accidents, not attackers.</summary>
/// <param name="Offset">The offset of the part in the file.</param>
/// <param name="Length">The length of the part.</param>
/// <param name="Crc">The checksum.</param>
internal readonly record struct ContentSum(long Offset, long Length, ulong Crc)
{
    private const ulong Polynomial = 0x9A6C9329AC4BC9B5;
    private const ulong One = 1UL << 63;
    private const ulong EightBits = 1UL << 55;

    /// <summary>Returns the checksum of parts that follow one another.</summary>
    public static ulong Of(IEnumerable<ContentSum> parts)
    {
        ulong crc = 0;
        foreach (ContentSum part in parts)
        {
            crc = crc == 0 ? part.Crc : Multiply(Power(part.Length), crc) ^ part.Crc;
        }

        return crc;
    }

    // The polynomial x to the power of 8 times the length. The highest bit stands for 1, and each lower one for the next power of x.
    private static ulong Power(long length)
    {
        ulong power = One;
        ulong square = EightBits;
        for (long rest = length; rest > 0; rest >>= 1)
        {
            power = (rest & 1) != 0 ? Multiply(power, square) : power;
            square = Multiply(square, square);
        }

        return power;
    }

    private static ulong Multiply(ulong left, ulong right)
    {
        ulong product = 0;
        for (ulong bit = One; bit != 0; bit >>= 1)
        {
            product ^= (left & bit) != 0 ? right : 0;
            right = (right & 1) != 0 ? (right >> 1) ^ Polynomial : right >> 1;
        }

        return product;
    }
}
