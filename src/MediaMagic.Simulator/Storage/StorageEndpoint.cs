using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;

namespace MediaMagic.Simulator;

/// <summary>Blob storage behind presigned URLs: Put Blob, Put Block, Put Block List.</summary>
internal sealed class StorageEndpoint
{
    public const string BlobMd5Header = "x-ms-blob-content-md5";
    private const long MaxBlob = 5000L * 1024 * 1024;
    private const long MaxBlock = 4000L * 1024 * 1024;
    private const int MaxBlockListXml = 16 * 1024 * 1024;
    private const int BufferLength = 128 * 1024;
    private readonly World _world;

    public StorageEndpoint(World world) => _world = world;

    public async Task<Reply> HandleAsync(Exchange exchange, CancellationToken stop)
    {
        if (exchange.Header("X-API-Key") is not null)
        {
            string request = exchange.Method + " " + UploadUrls.Redact(exchange.Target);
            _world.Log.Violated(new SimulatorViolation(exchange.Time, "KeySentToStorage", request));
        }

        Reply? refusal = _world.UploadUrls.Refuse(exchange) ?? RefuseRequest(exchange);
        if (refusal is not null)
        {
            return refusal;
        }

        try
        {
            string blobPath = UploadUrls.BlobPath(exchange);
            return StorageOperation.Name(exchange) switch
            {
                StorageOperation.PutBlock => await PutBlockAsync(exchange, blobPath, stop).ConfigureAwait(false),
                StorageOperation.PutBlockList => await PutBlockListAsync(exchange, blobPath, stop).ConfigureAwait(false),
                _ => await PutBlobAsync(exchange, blobPath, stop).ConfigureAwait(false),
            };
        }
        catch (Refusal error)
        {
            return error.Reply;
        }
    }

    private Reply? RefuseRequest(Exchange exchange)
    {
        string? operation = StorageOperation.Name(exchange);
        bool isBlock = operation is StorageOperation.PutBlock or StorageOperation.PutBlockList;
        return exchange.Method switch
        {
            "PUT" when isBlock && _world.Options.RefuseBlocks => StorageReply.Error("AuthorizationPermissionMismatch"),
            "PUT" when operation is null => StorageReply.Error("InvalidQueryParameterValue"),
            "PUT" when exchange.ContentLength < 0 => StorageReply.Error("MissingContentLengthHeader"),
            "PUT" => null,
            "GET" or "HEAD" or "DELETE" => StorageReply.Error("AuthorizationPermissionMismatch"),
            _ => StorageReply.Error("UnsupportedHttpVerb"),
        };
    }

    private async Task<Reply> PutBlobAsync(Exchange exchange, string blobPath, CancellationToken stop)
    {
        string? type = exchange.Header("x-ms-blob-type");
        if (type is null)
        {
            return StorageReply.Error("MissingRequiredHeader");
        }

        if (type != "BlockBlob")
        {
            return StorageReply.Error("InvalidHeaderValue");
        }

        RequestChecksums checksums = ReadChecksums(exchange);
        StoredPart part = await ReceiveAsync(exchange, MaxBlob, checksums, stop).ConfigureAwait(false);
        _world.Blobs.GetOrAdd(blobPath).Put(part, BlobType(exchange) ?? exchange.ContentType, exchange.Header(BlobMd5Header));
        return checksums.Return(Stored(exchange), part.Checksums);
    }

    private async Task<Reply> PutBlockAsync(Exchange exchange, string blobPath, CancellationToken stop)
    {
        if (!exchange.Query.TryGetValue("blockid", out string? id) || !IsBlockId(id))
        {
            return StorageReply.Error("InvalidQueryParameterValue");
        }

        RequestChecksums checksums = ReadChecksums(exchange);
        StoredPart part = await ReceiveAsync(exchange, MaxBlock, checksums, stop).ConfigureAwait(false);
        if (!_world.Blobs.GetOrAdd(blobPath).TryPutBlock(id, part))
        {
            part.Delete();
            return StorageReply.Error("InvalidBlobOrBlock");
        }

        _world.Blobs.CountBlock();
        return checksums.Return(StorageReply.Created(), part.Checksums);
    }

    private async Task<Reply> PutBlockListAsync(Exchange exchange, string blobPath, CancellationToken stop)
    {
        if (exchange.ContentLength > MaxBlockListXml)
        {
            return StorageReply.Error("RequestBodyTooLarge");
        }

        RequestChecksums checksums = ReadChecksums(exchange);
        using MemoryStream stream = new((int)exchange.ContentLength);
        await CopyAsync(exchange, stream.Write, stop).ConfigureAwait(false);
        byte[] body = stream.ToArray();
        if (exchange.FlipsByte && body.Length > 0)
        {
            body[body.Length - 1] ^= 1;
            _world.Blobs.CountFlip();
        }

        using BodyHasher hasher = new(checksums.Returned);
        hasher.Append(body, 0, body.Length);
        BodyChecksums actual = hasher.Complete();
        if (checksums.Refuse(actual) is Reply refusal)
        {
            return refusal;
        }

        List<BlockReference> list;
        try
        {
            list = BlockListReader.Read(body);
        }
        catch (XmlException)
        {
            return StorageReply.Error("InvalidXmlDocument");
        }

        if (list.Count > BlockListReader.MaxBlocks)
        {
            return StorageReply.Error("BlockListTooLong");
        }

        return _world.Blobs.GetOrAdd(blobPath).TryCommit(list, BlobType(exchange), exchange.Header(BlobMd5Header))
            ? checksums.Return(Stored(exchange), actual)
            : StorageReply.Error("InvalidBlockList");
    }

    private async Task<StoredPart> ReceiveAsync(Exchange exchange, long limit, RequestChecksums checksums, CancellationToken stop)
    {
        if (exchange.ContentLength > limit)
        {
            throw new Refusal(StorageReply.Error("RequestBodyTooLarge"));
        }

        using PartSink sink = _world.Blobs.NewSink(exchange.ContentLength, checksums.Returned, exchange.FlipsByte);
        await CopyAsync(exchange, sink.Write, stop).ConfigureAwait(false);
        StoredPart part = sink.Complete();
        if (checksums.Refuse(part.Checksums) is Reply refusal)
        {
            part.Delete();
            throw new Refusal(refusal);
        }

        return part;
    }

    private static async Task CopyAsync(Exchange exchange, Action<byte[], int, int> write, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            long rest = exchange.ContentLength;
            while (rest > 0)
            {
                int count = await exchange.Body.ReadAsync(buffer.AsMemory(), stop).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new EndOfStreamException("The client left in the middle of its body.");
                }

                write(buffer, 0, count);
                rest -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Reply Stored(Exchange exchange) => StorageReply.Created()
        .With("ETag", $"\"0x{exchange.Time.UtcTicks:X}\"")
        .With("Last-Modified", exchange.Time.ToString("R", CultureInfo.InvariantCulture));

    private static string? BlobType(Exchange exchange) => exchange.Header("x-ms-blob-content-type");

    private static bool IsBlockId(string id) => Base64Text.Decode(id) is { Length: > 0 and <= 64 };

    private RequestChecksums ReadChecksums(Exchange exchange) => RequestChecksums.Read(exchange, _world.Options.IgnoreCrc64);
}
