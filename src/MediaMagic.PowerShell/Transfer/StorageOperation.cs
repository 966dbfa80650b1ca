using System;
using System.Net.Http;

namespace MediaMagic.Transfer;

/// <summary>One thing that storage is asked to do: a fresh body for every attempt, and the headers.</summary>
internal sealed class StorageOperation(string query, Func<IdleWatch, HttpContent> body, Action<HttpRequestMessage> fill)
{
    /// <summary>What is added to the address's query.</summary>
    public string Query { get; } = query;

    public Func<IdleWatch, HttpContent> Body { get; } = body;

    public Action<HttpRequestMessage> Fill { get; } = fill;

    /// <summary>Whether it is about blocks, which storage may refuse while it takes whole files.</summary>
    public bool OfBlocks => Query.Length > 0;

    /// <summary>Looks at the bytes again after storage found others; fails if the file is no longer the same.</summary>
    public Action? Recheck { get; init; }

    /// <summary>The whole blob in one request.</summary>
    public static StorageOperation PutBlob(Func<IdleWatch, HttpContent> body, string contentType, byte[] md5, Action recheck) =>
        new(string.Empty, body, message =>
        {
            message.Headers.TryAddWithoutValidation("x-ms-blob-type", "BlockBlob");
            message.Headers.TryAddWithoutValidation("x-ms-blob-content-type", contentType);
            message.Content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
            message.Content.Headers.ContentMD5 = md5;
        })
        {
            Recheck = recheck,
        };

    /// <summary>One block, which nobody sees before the list is put.</summary>
    public static StorageOperation PutBlock(string id, Func<IdleWatch, HttpContent> body, byte[] md5, Action recheck) =>
        new("comp=block&blockid=" + Uri.EscapeDataString(id), body, message => message.Content!.Headers.ContentMD5 = md5)
        {
            Recheck = recheck,
        };

    /// <summary>The list that makes the blob of its blocks.</summary>
    public static StorageOperation PutBlockList(byte[] list, string contentType, string? blobMd5) =>
        new("comp=blocklist", _ => new ByteArrayContent(list), message =>
        {
            message.Headers.TryAddWithoutValidation("x-ms-blob-content-type", contentType);
            if (blobMd5 is not null)
            {
                message.Headers.TryAddWithoutValidation("x-ms-blob-content-md5", blobMd5);
            }

            message.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/xml");
        });
}
