using System;
using System.IO;
using System.Text;

namespace MediaMagic.Transfer;

/// <summary>How a file is cut into blocks, and what they are called.</summary>
internal sealed class BlockPlan
{
    public const int MostBlocks = 50_000;
    public const int MostParallel = 16;
    public const int MostAllowedParallel = 64;
    public const long LargestBlockSize = 4000L * 1024 * 1024;
    public const long DefaultBlockSize = 8L * 1024 * 1024;

    /// <summary>The bytes of a name that is drawn for every upload, so that two uploads to one path never mix their blocks.</summary>
    public const int NonceLength = 11;

    private readonly byte[] _nonce;

    public BlockPlan(long length, long blockSize, byte[] nonce)
    {
        _nonce = nonce;
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
        long least = (length + MostBlocks - 1) / MostBlocks;
        return least <= blockSize ? blockSize : (least + 0xFFFF) & ~0xFFFFL;
    }

    public long OffsetOf(int index) => index * BlockSize;

    public long LengthOf(int index) => Math.Min(BlockSize, Length - OffsetOf(index));

    /// <summary>The block's id: of the same length for all, as storage demands, and the same whenever it is asked for.</summary>
    public string IdOf(int index)
    {
        byte[] id = new byte[NonceLength + 4];
        Buffer.BlockCopy(_nonce, 0, id, 0, NonceLength);
        id[NonceLength] = (byte)(index >> 24);
        id[NonceLength + 1] = (byte)(index >> 16);
        id[NonceLength + 2] = (byte)(index >> 8);
        id[NonceLength + 3] = (byte)index;
        return Convert.ToBase64String(id);
    }

    /// <summary>The list of all blocks. Each is looked for among the fresh ones first, then among the committed: so it may be put twice.</summary>
    public byte[] BlockList()
    {
        using MemoryStream list = new();
        using (StreamWriter writer = new(list, new UTF8Encoding(false), 4096, leaveOpen: true))
        {
            writer.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
            for (int index = 0; index < Count; index++)
            {
                writer.Write("<Latest>");
                writer.Write(IdOf(index));
                writer.Write("</Latest>");
            }

            writer.Write("</BlockList>");
        }

        return list.ToArray();
    }
}
