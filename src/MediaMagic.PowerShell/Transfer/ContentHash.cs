using System;
using System.Buffers;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>Reads a file once for all that identifies its content later.</summary>
internal static class ContentHash
{
    private const int BufferLength = 256 * 1024;

    public static ContentDigest Of(string path, CancellationToken stop)
    {
        using SourceFile source = SourceFile.Open(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ContentSums sums = new(0);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(1, Math.Min(source.Length, BufferLength)));
        try
        {
            for (long offset = 0; offset < source.Length;)
            {
                stop.ThrowIfCancellationRequested();
                int count = (int)Math.Min(buffer.Length, source.Length - offset);
                source.Read(offset, buffer, 0, count);
                hash.AppendData(buffer, 0, count);
                sums.Append(buffer.AsSpan(0, count));
                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        string text = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        return new ContentDigest(text, source.Identity, [.. sums.Finish().Select(static sum => sum.Crc)]);
    }
}
