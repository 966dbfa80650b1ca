using System;
using System.Buffers;
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

    public static void Append(IncrementalHash hash, SourceFile source, long offset, long length, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (long done = 0; done < length;)
            {
                stop.ThrowIfCancellationRequested();
                int count = (int)Math.Min(BufferLength, length - done);
                source.Read(offset + done, buffer, 0, count);
                hash.AppendData(buffer, 0, count);
                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
