using System;
using System.IO;
using System.Security.Cryptography;

namespace MediaMagic.Simulator;

/// <summary>Bytes that storage received in one request.</summary>
internal sealed class StoredPart
{
    private const int BufferLength = 128 * 1024;
    private readonly PartPlace? _place;

    public StoredPart(PartPlace? place, long length, BodyChecksums checksums, byte[] head)
    {
        _place = place;
        Length = length;
        Checksums = checksums;
        Head = head;
    }

    public bool IsDiscarded => _place is null;

    public long Length { get; }

    /// <summary>Gets the checksums that were computed while the bytes arrived.</summary>
    public BodyChecksums Checksums { get; }

    /// <summary>Gets the MD5, read from the stored bytes when it was not computed while they arrived.</summary>
    public byte[] Md5 => Checksums.Md5 ?? (field ??= ComputeMd5());

    /// <summary>The first bytes, as many as tell a file's type.</summary>
    public byte[] Head { get; }

    /// <summary>Appends the stored bytes to a hash.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        byte[] buffer = new byte[BufferLength];
        using Stream stream = _place?.OpenRead() ?? Stream.Null;
        long rest = Length;
        int count;
        while (rest > 0 && (count = stream.Read(buffer, 0, (int)Math.Min(rest, buffer.Length))) > 0)
        {
            hash.AppendData(buffer, 0, count);
            rest -= count;
        }
    }

    public void Delete() => _place?.Release();

    private byte[] ComputeMd5()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        AppendTo(hash);
        return hash.GetHashAndReset();
    }
}
