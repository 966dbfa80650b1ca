using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Http;

/// <summary>Reads a body up to a limit, so that no answer can fill the memory, compressed or not.</summary>
internal static class BoundedReader
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>At most <paramref name="limit"/> bytes; <c>Cut</c> when there were more.</summary>
    public static async Task<(ArraySegment<byte> Body, bool Cut)> ReadAsync(Stream stream, int limit, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        int length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    buffer = Grown(buffer, length);
                }

                int read = await stream.ReadAsync(buffer.AsMemory(length, buffer.Length - length), stop).ConfigureAwait(false);
                length += read;
                if (read == 0 || length > limit)
                {
                    int kept = Math.Min(length, limit);
                    byte[] body = new byte[kept];
                    Buffer.BlockCopy(buffer, 0, body, 0, kept);
                    return (new ArraySegment<byte>(body), length > limit);
                }
            }
        }
        catch (InvalidOperationException failure) when (failure is not ObjectDisposedException)
        {
            // The decoder of Brotli has a word of its own for what the others call invalid data.
            throw new InvalidDataException(failure.Message, failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grown(byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(length * 2);
        Buffer.BlockCopy(buffer, 0, larger, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
