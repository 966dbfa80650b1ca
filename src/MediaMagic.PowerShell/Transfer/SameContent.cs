using System;
using System.Buffers;
using System.Threading;

namespace MediaMagic.Transfer;

/// <summary>Compares two files of this machine by their bytes.</summary>
internal static class SameContent
{
    private const int BufferLength = 128 * 1024;
    private const long LargestCompared = 64L * 1024 * 1024;

    /// <summary>Whether a file is soon enough read to be compared.</summary>
    public static bool CanTell(FileIdentity file) => file.Length <= LargestCompared;

    /// <summary>Whether both hold the same, by the MD5 noted of what was uploaded, or by the file itself while that is unchanged.</summary>
    public static bool Of(FileIdentity uploaded, FileIdentity other, byte[]? md5, CancellationToken stop)
    {
        if (uploaded.Length != other.Length || !CanTell(other))
        {
            return false;
        }

        return md5 is null ? uploaded.Path != other.Path && Compare(uploaded, other, stop) : Compare(md5, other, stop);
    }

    private static bool Compare(byte[] md5, FileIdentity other, CancellationToken stop)
    {
        try
        {
            using SourceFile file = SourceFile.Open(other.Path);
            return file.Identity == other && PartHash.Compute(file, 0, file.Length, stop).AsSpan().SequenceEqual(md5);
        }
        catch (MediaMagicException)
        {
            return false;
        }
    }

    private static bool Compare(FileIdentity uploaded, FileIdentity other, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * BufferLength);
        try
        {
            using SourceFile left = SourceFile.Open(uploaded.Path);
            using SourceFile right = SourceFile.Open(other.Path);
            return left.Identity == uploaded && right.Identity == other && Compare(left, right, buffer, stop);
        }
        catch (MediaMagicException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Compare(SourceFile left, SourceFile right, byte[] buffer, CancellationToken stop)
    {
        for (long offset = 0; offset < left.Length; offset += BufferLength)
        {
            stop.ThrowIfCancellationRequested();
            int count = (int)Math.Min(BufferLength, left.Length - offset);
            left.Read(offset, buffer, 0, count);
            right.Read(offset, buffer, BufferLength, count);
            if (!buffer.AsSpan(0, count).SequenceEqual(buffer.AsSpan(BufferLength, count)))
            {
                return false;
            }
        }

        return true;
    }
}
