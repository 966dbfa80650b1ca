using System;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace MediaMagic.Simulator;

/// <summary>Computes the checksums of a body as it arrives.</summary>
internal sealed class BodyHasher : IDisposable
{
    private readonly IncrementalHash? _md5;
    private readonly Crc64? _crc64;

    public BodyHasher(ChecksumKinds kinds)
    {
        _md5 = (kinds & ChecksumKinds.Md5) != 0 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
        _crc64 = (kinds & ChecksumKinds.Crc64) != 0 ? new Crc64(Crc64ParameterSet.Nvme) : null;
    }

    public void Append(byte[] buffer, int offset, int count)
    {
        _md5?.AppendData(buffer, offset, count);
        _crc64?.Append(buffer.AsSpan(offset, count));
    }

    public BodyChecksums Complete() => new(_md5?.GetHashAndReset(), _crc64?.GetHashAndReset());

    public void Dispose() => _md5?.Dispose();
}
