using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MediaMagic.Transfer;

/// <summary>How a file is cut into blocks, and what they are called.</summary>
internal sealed class BlockPlan
{
    public const int MaxBlocks = 50_000;
    public const int MaxParallel = 16;
    public const int MaxAllowedParallel = 64;
    public const long MaxBlockSize = 4000L * 1024 * 1024;
    public const long DefaultBlockSize = 8L * 1024 * 1024;

    /// <summary>The bytes of a name that is drawn for each time that blocks are sent, so that no block id ever stands for two contents.</summary>
    public const int NonceLength = 11;

    public BlockPlan(long length, long blockSize)
    {
        Length = length;
        BlockSize = blockSize;
        Count = (int)((length + blockSize - 1) / blockSize);
    }

    public long Length { get; }

    public long BlockSize { get; }

    public int Count { get; }

    /// <summary>The block size, grown so that the allowed number of blocks suffices.</summary>
    public static long Fit(long length, long blockSize)
    {
        long least = (length + MaxBlocks - 1) / MaxBlocks;
        return least <= blockSize ? blockSize : (least + 0xFFFF) & ~0xFFFFL;
    }

    public long OffsetOf(int index) => index * BlockSize;

    public long LengthOf(int index) => Math.Min(BlockSize, Length - OffsetOf(index));

    /// <summary>Returns whether the text is the id of this block.</summary>
    public static bool IsId(string text, int index) =>
        text.Length == (NonceLength + sizeof(int)) / 3 * 4
        && text.All(static c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/')
        && BitConverter.ToInt32(Convert.FromBase64String(text), NonceLength) == index;

    /// <summary>Returns the id of a block, of the same length for all, as storage demands.</summary>
    public static string IdOf(byte[] nonce, int index) => Convert.ToBase64String([.. nonce, .. BitConverter.GetBytes(index)]);

    /// <summary>The list of all blocks. Each is looked for among the fresh ones first, then among the committed: so it may be put twice.</summary>
    public static byte[] ListOf(IEnumerable<string> ids) => Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>" + string.Concat(ids.Select(static id => "<Latest>" + id + "</Latest>")) + "</BlockList>");
}
