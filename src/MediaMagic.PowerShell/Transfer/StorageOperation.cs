using System;
using System.IO.Hashing;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Transfer;

/// <summary>One operation of storage. The body is a part of the file, or a list of blocks.</summary>
internal sealed class StorageOperation(string query, FilePart? part, byte[]? list, Action<HttpRequestMessage> fill)
{
    /// <summary>The header of a CRC64.</summary>
    public const string Crc64Header = "x-ms-content-crc64";

    // The oldest version with everything that is used here, so that every storage in service supports it.
    private const string ApiVersion = "2019-12-12";

    /// <summary>Gets what is added to the address's query.</summary>
    public string Query { get; } = query;

    /// <summary>Gets the part of the file that the operation carries.</summary>
    public FilePart? Part { get; } = part;

    /// <summary>Gets the checksum that storage compares before it creates the blob; null for a block, whose checksum is compared afterwards.</summary>
    public ulong? Crc { get; private init; }

    /// <summary>Gets the checksum of the body of the last attempt.</summary>
    public string SentCrc => TextOf(Part?.Crc ?? Crc ?? 0);

    /// <summary>Gets a value indicating whether it is about blocks, which storage may refuse while it accepts whole files.</summary>
    public bool OfBlocks => Query.Length > 0;

    /// <summary>Creates the whole blob in one request.</summary>
    public static StorageOperation PutBlob(FilePart part, string contentType, ulong crc) => new(string.Empty, part, null, message =>
    {
        message.Headers.TryAddWithoutValidation("x-ms-blob-type", "BlockBlob");
        message.Headers.TryAddWithoutValidation("x-ms-blob-content-type", contentType);
        message.Content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
    })
    {
        Crc = crc,
    };

    /// <summary>Uploads one block, which stays invisible until the list is committed.</summary>
    public static StorageOperation PutBlock(string id, FilePart part) => new("comp=block&blockid=" + Uri.EscapeDataString(id), part, null, static _ => { });

    /// <summary>Makes the blob of its blocks.</summary>
    public static StorageOperation PutBlockList(byte[] list, string contentType) => new("comp=blocklist", null, list, message =>
    {
        message.Headers.TryAddWithoutValidation("x-ms-blob-content-type", contentType);
        message.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/xml");
    })
    {
        Crc = Crc64.HashToUInt64(Crc64ParameterSet.Nvme, list),
    };

    /// <summary>Returns a checksum as it is written in a header.</summary>
    public static string TextOf(ulong crc) => Convert.ToBase64String(BitConverter.GetBytes(crc));

    private static byte[] Md5Of(byte[] body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    /// <summary>Creates the request, whose attempts get a fresh body each.</summary>
    public ApiRequest NewRequest(TimeSpan idleTimeout, Delivery before = Delivery.NotSent) => new(HttpMethod.Put, string.Empty, string.Empty, RequestSafety.Idempotent)
    {
        Endpoint = ApiEndpoint.Storage,
        IdleTimeout = idleTimeout,
        Before = before,
        IsWhole = Part is null ? null : () => Part.IsSent,
        Content = watch => Part?.NewBody(watch) ?? new ByteArrayContent(list!),
    };

    /// <summary>Returns the MD5 of the body, for storage that knows no CRC64.</summary>
    public Task<byte[]> ReadMd5Async(CancellationToken stop) => Part?.ReadMd5Async(stop) ?? Task.FromResult(Md5Of(list!));

    /// <summary>Adds the headers of an attempt. One request carries at most one checksum.</summary>
    public void Fill(HttpRequestMessage message, byte[]? md5)
    {
        message.Headers.TryAddWithoutValidation("x-ms-version", ApiVersion);
        fill(message);
        if (md5 is not null)
        {
            message.Content!.Headers.ContentMD5 = md5;
        }
        else if (Crc is ulong crc)
        {
            message.Headers.TryAddWithoutValidation(Crc64Header, TextOf(crc));
        }
    }
}
