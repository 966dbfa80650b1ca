using System;
using System.Buffers;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>The MD5s of neighbouring blocks, as many at once as the processor has lanes.</summary>
internal static class LaneHash
{
    private const int Stride = 32 * 1024;

    /// <summary>The MD5s of the blocks from that one on.</summary>
    public static byte[][] Compute(SourceFile source, BlockPlan plan, int first, CancellationToken stop)
    {
        int count = Math.Min(Md5Lanes.Count, plan.Count - first);
        int whole = plan.LengthOf(first + count - 1) == plan.BlockSize ? count : count - 1;
        byte[][] hashes = new byte[count][];

        // Few blocks, or such as the lanes cannot take, are quicker one by one.
        int inLanes = whole > 2 && plan.BlockSize % Md5Lanes.ChunkLength == 0 ? whole : 0;
        if (inLanes > 0)
        {
            Run(source, plan, first, inLanes, stop).AsSpan(0, inLanes).CopyTo(hashes);
        }

        for (int index = inLanes; index < count; index++)
        {
            hashes[index] = PartHash.Compute(source, plan.OffsetOf(first + index), plan.LengthOf(first + index), stop);
        }

        return hashes;
    }

    private static byte[][] Run(SourceFile source, BlockPlan plan, int first, int count, CancellationToken stop)
    {
        Md5Lanes lanes = new();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Md5Lanes.Count * Stride);
        try
        {
            for (long done = 0; done < plan.BlockSize; done += Stride)
            {
                stop.ThrowIfCancellationRequested();
                int length = (int)Math.Min(Stride, plan.BlockSize - done);
                for (int lane = 0; lane < count; lane++)
                {
                    source.Read(plan.OffsetOf(first + lane) + done, buffer, lane * Stride, length);
                }

                lanes.Append(buffer, Stride, length);
            }

            return lanes.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
