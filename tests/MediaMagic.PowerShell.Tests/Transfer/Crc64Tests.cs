using System;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The CRC64 against its definition, bit by bit.</summary>
public sealed class Crc64Tests
{
    private const ulong Polynomial = 0xAD93D23594C93659;

    [Fact]
    public void Append_returns_the_documented_check_value() => Assert.Equal(0xAE8B14860A799888, Crc64.Append(0, "123456789"u8));

    [Fact]
    public void Append_returns_0_for_nothing() => Assert.Equal(0UL, Crc64.Append(0, []));

    [Fact]
    public void Append_agrees_with_the_definition_for_every_length()
    {
        byte[] data = Bytes(300);
        for (int length = 0; length <= data.Length; length++)
        {
            Assert.Equal(Define(data.AsSpan(0, length)), Crc64.Append(0, data.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Append_goes_on_where_it_ended_for_every_split()
    {
        byte[] data = Bytes(100);
        ulong whole = Crc64.Append(0, data);
        for (int split = 0; split <= data.Length; split++)
        {
            Assert.Equal(whole, Crc64.Append(Crc64.Append(0, data.AsSpan(0, split)), data.AsSpan(split)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Combine_agrees_with_Append_for_every_split(int length)
    {
        byte[] data = Bytes(length);
        ulong whole = Crc64.Append(0, data);
        for (int split = 0; split <= length; split++)
        {
            Assert.Equal(whole, Crc64.Combine(Crc64.Append(0, data.AsSpan(0, split)), Crc64.Append(0, data.AsSpan(split)), length - split));
        }
    }

    [Fact]
    public void Combine_gives_the_same_in_any_grouping_when_parts_are_longer_than_4_GiB()
    {
        const long Second = (5L << 30) + 3;
        const long Third = (7L << 30) + 1;
        (ulong a, ulong b, ulong c) = (0x0123456789ABCDEF, 0xFEDCBA9876543210, 0x5555AAAA3333CCCC);
        Assert.Equal(Crc64.Combine(Crc64.Combine(a, b, Second), c, Third), Crc64.Combine(a, Crc64.Combine(b, c, Third), Second + Third));
    }

    // The bits of each byte go in from the lowest, the register moves to the left, and its bits are reversed at the end.
    private static ulong Define(ReadOnlySpan<byte> data)
    {
        ulong register = ulong.MaxValue;
        foreach (byte next in data)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                ulong carry = (register >> 63) ^ (ulong)((next >> bit) & 1);
                register = (register << 1) ^ (carry * Polynomial);
            }
        }

        ulong reversed = 0;
        for (int bit = 0; bit < 64; bit++)
        {
            reversed = (reversed << 1) | ((register >> bit) & 1);
        }

        return ~reversed;
    }

    private static byte[] Bytes(int length)
    {
        byte[] data = new byte[length];
        new Random(1).NextBytes(data);
        return data;
    }
}
