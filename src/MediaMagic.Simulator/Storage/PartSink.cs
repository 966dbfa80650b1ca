using System;
using System.IO;

namespace MediaMagic.Simulator;

/// <summary>Takes bytes as they come, to disk or to nowhere, and knows their length, checksums and beginning.</summary>
internal sealed class PartSink : IDisposable
{
    public const int HeadLength = 1024;
    private readonly byte[] _head = new byte[HeadLength];
    private readonly BodyHasher _hasher;
    private readonly LastByteFlip? _flip;
    private readonly FileStream? _stream;
    private readonly PartPlace? _place;
    private long _kept;
    private bool _complete;

    public PartSink(PartPlace? place, ChecksumKinds checksums, LastByteFlip? flip)
    {
        _place = place;
        _flip = flip;
        _hasher = new BodyHasher(checksums);
        _stream = place?.OpenWrite();
    }

    public long Length { get; private set; }

    public void Write(byte[] buffer, int offset, int count)
    {
        Length += count;
        if (_flip is null)
        {
            Keep(buffer, offset, count);
        }
        else
        {
            _flip.Write(buffer, offset, count, Keep);
        }
    }

    public StoredPart Complete()
    {
        _flip?.Complete(Keep);
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

    private void Keep(byte[] buffer, int offset, int count)
    {
        if (_kept < HeadLength)
        {
            Array.Copy(buffer, offset, _head, (int)_kept, (int)Math.Min(count, HeadLength - _kept));
        }

        _kept += count;
        _hasher.Append(buffer, offset, count);
        _stream?.Write(buffer, offset, count);
    }
}
