using System;
using System.Buffers;
using System.IO;

namespace MediaMagic.Files;

/// <summary>What may be seen of a file's bytes: a head that grows when needed, and small parts elsewhere, 64 KiB in all.</summary>
internal sealed class ByteWindow : IDisposable
{
    public const int FirstHead = 4 * 1024;
    public const int Budget = 64 * 1024;

    private readonly Stream _stream;
    private byte[] _head;
    private byte[] _part = [];
    private int _headLength;
    private int _left = Budget;

    public ByteWindow(Stream stream)
    {
        _stream = stream;
        Length = stream.Length;
        _head = ArrayPool<byte>.Shared.Rent(FirstHead);
        FillHead(FirstHead);
    }

    /// <summary>The length of the whole file.</summary>
    public long Length { get; private set; }

    /// <summary>The file's first bytes, as many as have been read.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>Whether the head is the whole file.</summary>
    public bool IsWhole => _headLength >= Length;

    /// <summary>Reads three times as much again; false when there is no more, or no more allowed.</summary>
    public bool Grow()
    {
        int target = (int)Math.Min(Math.Min(_headLength * 4L, (long)_headLength + _left), Length);
        if (target <= _headLength)
        {
            return false;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(target);
        Head.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_head);
        _head = larger;
        int before = _headLength;
        FillHead(target);
        return _headLength > before;
    }

    /// <summary>
    /// The bytes at an offset, fewer where the file or the budget ends. Good until the next call.
    /// </summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        if (offset < 0 || offset >= Length)
        {
            return [];
        }

        count = (int)Math.Min(count, Length - offset);
        if (offset + count <= _headLength)
        {
            return _head.AsSpan((int)offset, count);
        }

        count = Math.Min(count, _left);
        if (_part.Length < count)
        {
            Return(_part);
            _part = ArrayPool<byte>.Shared.Rent(count);
        }

        return _part.AsSpan(0, Read(offset, _part, 0, count));
    }

    public void Dispose()
    {
        Return(_head);
        Return(_part);
        _head = _part = [];
        _headLength = 0;
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void FillHead(int target)
    {
        int wanted = (int)Math.Min(target, Length);
        _headLength += Read(_headLength, _head, _headLength, wanted - _headLength);

        // A file may hold less than it claims: the kernel's own do, and one may shrink while we look.
        if (_headLength < wanted)
        {
            Length = _headLength;
        }
    }

    private int Read(long offset, byte[] buffer, int start, int count)
    {
        if (_stream.Position != offset)
        {
            _stream.Position = offset;
        }

        int total = 0;
        while (total < count && _stream.Read(buffer, start + total, count - total) is int read and > 0)
        {
            total += read;
        }

        _left -= total;
        return total;
    }
}
