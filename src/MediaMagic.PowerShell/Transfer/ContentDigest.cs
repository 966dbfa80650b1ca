using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>The identity of a file's content, which an upload of it is compared with.</summary>
/// <param name="Hash">The SHA-256.</param>
/// <param name="Identity">The file when it was read.</param>
/// <param name="Sums">The CRC64 of each 4 MiB.</param>
internal sealed record ContentDigest(string Hash, FileIdentity Identity, ulong[] Sums)
{
    private const int BufferLength = 256 * 1024;

    /// <summary>Gets the CRC64 of the whole file.</summary>
    public ulong Crc => ContentSum.Of(Sums.Select((crc, index) =>
        new ContentSum(0, Math.Min(ContentSums.CellLength, Identity.Length - ((long)index * ContentSums.CellLength)), crc)));

    /// <summary>Reads a file.</summary>
    public static ContentDigest Of(string path, CancellationToken stop)
    {
        using SourceFile source = SourceFile.Open(path);
        return Of(source, stop);
    }

    /// <summary>Reads a file.</summary>
    public static ContentDigest Of(SourceFile source, CancellationToken stop)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IReadOnlyList<ContentSum> sums = Read(source, 0, source.Length, hash, stop);
        string text = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        return new ContentDigest(text, source.Identity, [.. sums.Select(static sum => sum.Crc)]);
    }

    /// <summary>Reads a part of a file for its checksums, and for a hash of it.</summary>
    public static IReadOnlyList<ContentSum> Read(SourceFile source, long offset, long length, IncrementalHash? hash, CancellationToken stop)
    {
        ContentSums sums = new(offset);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(1, Math.Min(length, BufferLength)));
        try
        {
            for (long done = 0; done < length;)
            {
                stop.ThrowIfCancellationRequested();
                int count = (int)Math.Min(buffer.Length, length - done);
                source.Read(offset + done, buffer, 0, count);
                hash?.AppendData(buffer, 0, count);
                sums.Append(buffer.AsSpan(0, count));
                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return sums.Finish();
    }
}
