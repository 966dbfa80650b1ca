using System;
using System.IO;
using System.Security.Cryptography;

namespace MediaMagic.Simulator;

/// <summary>Takes bytes as they come, to disk or to nowhere, and knows their length, hash and beginning.</summary>
internal sealed class PartSink : IDisposable
{
    public const int HeadLength = 1024;
    private readonly byte[] _head = new byte[HeadLength];
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly FileStream? _stream;
    private readonly PartPlace? _place;
    private bool _complete;

    public PartSink(PartPlace? place)
    {
        _place = place;
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
        _md5.AppendData(buffer, offset, count);
        _stream?.Write(buffer, offset, count);
    }

    public StoredPart Complete()
    {
        _complete = true;
        byte[] head = new byte[Math.Min(Length, HeadLength)];
        Array.Copy(_head, head, head.Length);
        return new StoredPart(_place, Length, _md5.GetHashAndReset(), head);
    }

    public void Dispose()
    {
        _md5.Dispose();
        _stream?.Dispose();
        if (!_complete)
        {
            _place?.Release();
        }
    }
}
