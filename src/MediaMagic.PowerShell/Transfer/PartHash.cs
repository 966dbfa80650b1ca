using System;
using System.Buffers;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>The MD5 of a part of a file: what storage checks arrivals by, no protection against ill will.</summary>
internal static class PartHash
{
    private const int BufferLength = 256 * 1024;

    public static byte[] Compute(SourceFile source, long offset, long length, CancellationToken stop)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Append(hash, source, offset, length, stop);
        return hash.GetHashAndReset();
    }

    public static void Append(IncrementalHash hash, SourceFile source, long offset, long length, CancellationToken stop) =>
        Read(source, offset, length, (buffer, count) => hash.AppendData(buffer, 0, count), stop);

    /// <summary>Returns the CRC64 of each part that lies within one cell of the grid.</summary>
    public static IReadOnlyList<ContentSum> Sums(SourceFile source, long offset, long length, CancellationToken stop)
    {
        ContentSums sums = new(offset);
        Read(source, offset, length, (buffer, count) => sums.Append(buffer.AsSpan(0, count)), stop);
        return sums.Finish();
    }

    private static void Read(SourceFile source, long offset, long length, Action<byte[], int> append, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (long done = 0; done < length;)
            {
                stop.ThrowIfCancellationRequested();
                int count = (int)Math.Min(BufferLength, length - done);
                source.Read(offset + done, buffer, 0, count);
                append(buffer, count);
                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
