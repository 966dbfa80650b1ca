using System;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The CRC64 against its definition, bit by bit.</summary>
public sealed class Crc64Tests
{
    private const ulong Polynomial = 0xAD93D23594C93659;

    [Fact]
    public void Finish_returns_the_documented_check_value() => Assert.Equal(0xAE8B14860A799888, Crc("123456789"u8));

    [Fact]
    public void Finish_returns_nothing_for_no_bytes() => Assert.Empty(new ContentSums(0).Finish());

    [Fact]
    public void Finish_agrees_with_the_definition_for_every_length()
    {
        byte[] data = Bytes(300);
        for (int length = 0; length <= data.Length; length++)
        {
            Assert.Equal(Define(data.AsSpan(0, length)), Crc(data.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Of_agrees_with_the_whole_for_every_split(int length)
    {
        byte[] data = Bytes(length);
        ulong whole = Crc(data);
        for (int split = 0; split <= length; split++)
        {
            Assert.Equal(whole, ContentSum.Of([new(0, split, Crc(data.AsSpan(0, split))), new(split, length - split, Crc(data.AsSpan(split)))]));
        }
    }

    [Fact]
    public void Of_gives_the_same_in_any_grouping_when_parts_are_longer_than_4_GiB()
    {
        ContentSum first = new(0, 3, 0x0123456789ABCDEF);
        ContentSum second = new(3, (5L << 30) + 3, 0xFEDCBA9876543210);
        ContentSum third = new(second.Offset + second.Length, (7L << 30) + 1, 0x5555AAAA3333CCCC);
        ContentSum together = new(3, second.Length + third.Length, ContentSum.Of([second, third]));
        Assert.Equal(ContentSum.Of([first, second, third]), ContentSum.Of([first, together]));
    }

    [Fact]
    public void TextOf_returns_the_bytes_in_the_order_of_storage() => Assert.Equal("iJh5CoYUi64=", StorageOperation.TextOf(0xAE8B14860A799888));

    private static ulong Crc(ReadOnlySpan<byte> data)
    {
        ContentSums sums = new(0);
        sums.Append(data);
        return ContentSum.Of(sums.Finish());
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
