using System;
using System.Buffers.Binary;

namespace MediaMagic.Transfer;

/// <summary>Computes the CRC64 that Azure Storage uses (CRC-64/NVME). It detects accidents, not attackers.</summary>
internal static class Crc64
{
    private const ulong Polynomial = 0x9A6C9329AC4BC9B5;
    private const ulong One = 1UL << 63;
    private const ulong EightBits = 1UL << 55;
    private const int Slices = 8;
    private const int Values = 256;

    private static readonly ulong[] s_tables = CreateTables();

    /// <summary>Returns the checksum of what <paramref name="crc"/> covers, followed by the data. The checksum of nothing is 0.</summary>
    public static ulong Append(ulong crc, ReadOnlySpan<byte> data)
    {
        ulong[] tables = s_tables;
        ulong state = ~crc;
        while (data.Length >= Slices)
        {
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ state;
            state = tables[(7 * Values) + (byte)value]
                ^ tables[(6 * Values) + (byte)(value >> 8)]
                ^ tables[(5 * Values) + (byte)(value >> 16)]
                ^ tables[(4 * Values) + (byte)(value >> 24)]
                ^ tables[(3 * Values) + (byte)(value >> 32)]
                ^ tables[(2 * Values) + (byte)(value >> 40)]
                ^ tables[Values + (byte)(value >> 48)]
                ^ tables[(byte)(value >> 56)];
            data = data.Slice(Slices);
        }

        foreach (byte next in data)
        {
            state = tables[(byte)(state ^ next)] ^ (state >> 8);
        }

        return ~state;
    }

    /// <summary>Returns the checksum of two parts in a row from the checksums of each.</summary>
    public static ulong Combine(ulong first, ulong second, long secondLength) => Multiply(Power(secondLength), first) ^ second;

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

    private static ulong[] CreateTables()
    {
        ulong[] tables = new ulong[Slices * Values];
        for (int i = 0; i < Values; i++)
        {
            ulong value = (ulong)i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            tables[i] = value;
        }

        for (int i = Values; i < tables.Length; i++)
        {
            ulong before = tables[i - Values];
            tables[i] = tables[(byte)before] ^ (before >> 8);
        }

        return tables;
    }
}
