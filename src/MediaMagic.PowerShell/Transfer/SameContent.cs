using System;
using System.Buffers;

namespace MediaMagic.Transfer;

/// <summary>Compares two files of this machine by their bytes.</summary>
internal static class SameContent
{
    private const int BufferLength = 128 * 1024;
    private const long LargestCompared = 64L * 1024 * 1024;

    /// <summary>Whether both hold the same; not when the one that was uploaded has changed since, nor when reading them would take long.</summary>
    public static bool Of(FileIdentity uploaded, FileIdentity other)
    {
        if (uploaded.Length != other.Length || other.Length > LargestCompared || uploaded.Path == other.Path)
        {
            return false;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * BufferLength);
        try
        {
            using SourceFile left = SourceFile.Open(uploaded.Path);
            using SourceFile right = SourceFile.Open(other.Path);
            return left.Identity == uploaded && right.Identity == other && Compare(left, right, buffer);
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

    private static bool Compare(SourceFile left, SourceFile right, byte[] buffer)
    {
        for (long offset = 0; offset < left.Length; offset += BufferLength)
        {
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
