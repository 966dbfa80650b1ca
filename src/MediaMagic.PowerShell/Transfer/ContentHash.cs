using System;
using System.Buffers;
using System.Security.Cryptography;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>The SHA-256 of a file, and what tells later that it is still that file.</summary>
internal static class ContentHash
{
    private const int BufferLength = 256 * 1024;

    public static (string Hash, FileIdentity Identity) Of(string path, CancellationToken stop)
    {
        using SourceFile source = SourceFile.Open(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(1, Math.Min(source.Length, BufferLength)));
        try
        {
            for (long offset = 0; offset < source.Length;)
            {
                stop.ThrowIfCancellationRequested();
                int count = (int)Math.Min(buffer.Length, source.Length - offset);
                source.Read(offset, buffer, 0, count);
                hash.AppendData(buffer, 0, count);
                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(), source.Identity);
    }
}
