using System;
using System.IO;

namespace MediaMagic.Simulator;

/// <summary>Takes bytes as they come, to disk or to nowhere, and knows their length, checksums and beginning.</summary>
internal sealed class PartSink : IDisposable
{
    public const int HeadLength = 1024;
    private readonly byte[] _head = new byte[HeadLength];
    private readonly BodyHasher _hasher;
    private readonly FileStream? _stream;
    private readonly PartPlace? _place;
    private bool _complete;

    public PartSink(PartPlace? place, ChecksumKinds checksums)
    {
        _place = place;
        _hasher = new BodyHasher(checksums);
        _stream = place?.OpenWrite();
    }

    public long Length { get; private set; }

    public void Write(byte[] buffer, int offset, int count)
    {
        if (Length < HeadLength)
        {
            Array.Copy(buffer, offset, _head, (int)Length, (int)Math.Min(count, HeadLength - Length));
        }

        Length += count;
        _hasher.Append(buffer, offset, count);
        _stream?.Write(buffer, offset, count);
    }

    public StoredPart Complete()
    {
        _complete = true;
        byte[] head = new byte[Math.Min(Length, HeadLength)];
        Array.Copy(_head, head, head.Length);
        return new StoredPart(_place, Length, _hasher.Complete(), head);
    }

    public void Dispose()
    {
        _hasher.Dispose();
        _stream?.Dispose();
        if (!_complete)
        {
            _place?.Release();
        }
    }
}
