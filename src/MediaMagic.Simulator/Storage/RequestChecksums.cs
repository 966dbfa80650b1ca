using System;
using System.Linq;

namespace MediaMagic.Simulator;

/// <summary>The checksums that a request declares for its body, and those that its answer returns.</summary>
internal sealed class RequestChecksums
{
    private const string Md5Header = "Content-MD5";
    private const string Crc64Header = "x-ms-content-crc64";
    private const int Md5Length = 16;
    private const int Crc64Length = 8;
    private readonly byte[]? _md5;
    private readonly byte[]? _crc64;

    private RequestChecksums(byte[]? md5, byte[]? crc64, ChecksumKinds returned)
    {
        _md5 = md5;
        _crc64 = crc64;
        Returned = returned;
    }

    /// <summary>Gets the checksums that the answer returns. Every checksum that the request declares is one of them.</summary>
    public ChecksumKinds Returned { get; }

    /// <summary>Reads the headers, and rejects those that storage rejects before it reads the body.</summary>
    public static RequestChecksums Read(Exchange exchange, bool ignoreCrc64)
    {
        bool isBlob = StorageOperation.Name(exchange) == StorageOperation.PutBlob;
        string? md5 = (isBlob ? exchange.Header(StorageEndpoint.BlobMd5Header) : null) ?? exchange.Header(Md5Header);
        string? crc64 = ignoreCrc64 ? null : exchange.Header(Crc64Header);
        if (md5 is not null && crc64 is not null)
        {
            throw new Refusal(StorageReply.Error("BothCrc64AndMd5HeaderPresent"));
        }

        byte[]? md5Bytes = md5 is null ? null : Base64Text.Decode(md5);
        if (md5 is not null && md5Bytes?.Length != Md5Length)
        {
            throw new Refusal(StorageReply.Error("InvalidMd5"));
        }

        byte[]? crc64Bytes = crc64 is null ? null : Base64Text.Decode(crc64);
        if (crc64 is not null && !(crc64Bytes?.Length >= Crc64Length))
        {
            throw new Refusal(StorageReply.Error("InvalidHeaderValue"));
        }

        return new RequestChecksums(md5Bytes, crc64Bytes, ReturnedFor(isBlob, md5 is not null, ignoreCrc64));
    }

    /// <summary>Returns the error that rejects a body, or null when the body has the declared checksums.</summary>
    public Reply? Refuse(BodyChecksums actual)
    {
        if (_md5 is not null && !_md5.SequenceEqual(actual.Md5!))
        {
            return StorageReply.Error("Md5Mismatch");
        }

        return _crc64 is not null && !_crc64.SequenceEqual(actual.Crc64!) ? StorageReply.Error("Crc64Mismatch") : null;
    }

    /// <summary>Adds the checksums to an answer.</summary>
    public Reply Return(Reply reply, BodyChecksums actual)
    {
        if ((Returned & ChecksumKinds.Md5) != 0)
        {
            reply.With(Md5Header, Convert.ToBase64String(actual.Md5!));
        }

        return (Returned & ChecksumKinds.Crc64) != 0 ? reply.With(Crc64Header, Convert.ToBase64String(actual.Crc64!)) : reply;
    }

    // Put Blob returns both. The other operations return the MD5 only when the request has one, and else the CRC64.
    private static ChecksumKinds ReturnedFor(bool isBlob, bool hasMd5, bool ignoreCrc64)
    {
        if (ignoreCrc64)
        {
            return ChecksumKinds.Md5;
        }

        return isBlob ? ChecksumKinds.Md5 | ChecksumKinds.Crc64 : hasMd5 ? ChecksumKinds.Md5 : ChecksumKinds.Crc64;
    }
}
