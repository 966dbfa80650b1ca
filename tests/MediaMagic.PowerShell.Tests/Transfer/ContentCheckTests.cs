using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Hashing;
using System.Linq;
using System.Threading;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The bytes that are sent against those that were checked, whatever blocks they go in.</summary>
public sealed class ContentCheckTests
{
    private const int Mebi = 1024 * 1024;
    private const int Length = (9 * Mebi) + 12_345;

    private static readonly byte[] s_content = Content();
    private static readonly ulong[] s_expected = [.. s_content.Chunk(ContentSums.CellLength).Select(static cell => Crc(cell))];

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(ContentSums.CellLength - 1)]
    [InlineData(ContentSums.CellLength)]
    [InlineData(ContentSums.CellLength + 1)]
    [InlineData(Length)]
    public void Append_ends_a_part_at_every_4_MiB_of_the_file_wherever_the_pieces_end(int piece)
    {
        const int Offset = (3 * Mebi) + 5;
        const int Count = (2 * Mebi) + 11;
        ContentSums sums = new(Offset);
        for (int done = 0; done < Count; done += piece)
        {
            sums.Append(s_content.AsSpan(Offset + done, Math.Min(piece, Count - done)));
        }

        int first = ContentSums.CellLength - Offset;
        Assert.Equal(
            [new ContentSum(Offset, first, Crc(Offset, first)), new ContentSum(ContentSums.CellLength, Count - first, Crc(ContentSums.CellLength, Count - first))],
            sums.Finish());
    }

    [Theory]
    [InlineData(Mebi)]
    [InlineData(3 * Mebi)]
    [InlineData(4 * Mebi)]
    [InlineData(5_000_001)]
    [InlineData(8 * Mebi)]
    [InlineData(Length)]
    public void IsSame_is_true_for_blocks_of_any_size_in_any_order(int size)
    {
        IReadOnlyList<ContentSum>[] blocks = BlocksOf(s_content, size);
        IReadOnlyList<ContentSum>[][] orders = [blocks, [.. Enumerable.Reverse(blocks)], Shuffled(blocks)];
        foreach (IReadOnlyList<ContentSum>[] order in orders)
        {
            ContentCheck check = new(s_expected, Length);
            foreach (IReadOnlyList<ContentSum> block in order)
            {
                Assert.False(check.IsSame);
                check.Add(block);
            }

            Assert.True(check.IsSame);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData((4 * Mebi) - 1)]
    [InlineData(4 * Mebi)]
    [InlineData((5 * Mebi) + 77)]
    [InlineData(Length - 1)]
    public void IsSame_is_false_when_one_byte_differs(int at)
    {
        byte[] other = [.. s_content];
        other[at] ^= 1;
        ContentCheck check = new(s_expected, Length);
        AddAll(check, BlocksOf(other, 3 * Mebi));
        Assert.False(check.IsSame);
    }

    [Fact]
    public void IsSame_is_false_when_two_blocks_are_exchanged()
    {
        byte[] other = [.. s_content[Mebi..(2 * Mebi)], .. s_content[..Mebi], .. s_content[(2 * Mebi)..]];
        ContentCheck check = new(s_expected, Length);
        AddAll(check, BlocksOf(other, Mebi));
        Assert.False(check.IsSame);
    }

    [Fact]
    public void IsSame_goes_by_what_was_sent_last_when_a_block_goes_again()
    {
        byte[] other = [.. s_content];
        other[Mebi] ^= 1;
        ContentCheck check = new(s_expected, Length);
        AddAll(check, BlocksOf(other, 3 * Mebi));
        check.Add(BlocksOf(s_content, 3 * Mebi)[0]);
        Assert.True(check.IsSame);
        check.Add(BlocksOf(other, 3 * Mebi)[0]);
        Assert.False(check.IsSame);
    }

    [Theory]
    [InlineData(Length, 3 * Mebi)]
    [InlineData(3 * Mebi, 5_000_001)]
    public void IsSame_goes_by_what_was_sent_last_when_the_file_goes_again_in_other_blocks(int first, int second)
    {
        byte[] other = [.. s_content];
        other[Mebi] ^= 1;
        ContentCheck check = new(s_expected, Length);
        AddAll(check, BlocksOf(other, first));
        AddAll(check, BlocksOf(s_content, second));
        Assert.True(check.IsSame);
    }

    [Theory]
    [InlineData(Length - 1)]
    [InlineData(8 * Mebi)]
    [InlineData(0)]
    public void IsSame_is_false_when_less_is_sent_than_was_checked(int length)
    {
        ContentCheck check = new(s_expected, Length);
        AddAll(check, BlocksOf(s_content[..length], 3 * Mebi));
        Assert.False(check.IsSame);
    }

    [Fact]
    public void IsSame_is_true_for_a_file_without_bytes() => Assert.True(new ContentCheck([], 0).IsSame);

    [Fact]
    public void ContentDigest_Of_returns_the_SHA_256_and_a_CRC64_for_each_4_MiB()
    {
        using TempFile file = new(Length);
        byte[] bytes = File.ReadAllBytes(file.Path);
        ContentDigest digest = ContentDigest.Of(file.Path, CancellationToken.None);
        Assert.Equal((file.Sha256, (long)Length), (digest.Hash, digest.Identity.Length));
        Assert.Equal(bytes.Chunk(ContentSums.CellLength).Select(static cell => Crc(cell)), digest.Sums);
        Assert.Equal(Crc(bytes), digest.Crc);
    }

    private static ulong Crc(int offset, int length) => Crc(s_content.AsSpan(offset, length));

    private static ulong Crc(ReadOnlySpan<byte> data) => Crc64.HashToUInt64(Crc64ParameterSet.Nvme, data);

    private static void AddAll(ContentCheck check, IReadOnlyList<ContentSum>[] blocks)
    {
        foreach (IReadOnlyList<ContentSum> block in blocks)
        {
            check.Add(block);
        }
    }

    private static IReadOnlyList<ContentSum>[] BlocksOf(byte[] content, int size) => [.. Enumerable.Range(0, (content.Length + size - 1) / size).Select(index =>
    {
        ContentSums sums = new((long)index * size);
        sums.Append(content.AsSpan(index * size, Math.Min(size, content.Length - (index * size))));
        return sums.Finish();
    })];

    private static T[] Shuffled<T>(T[] items)
    {
        T[] shuffled = [.. items];
        new Random(1).Shuffle(shuffled);
        return shuffled;
    }

    private static byte[] Content()
    {
        byte[] bytes = new byte[Length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
