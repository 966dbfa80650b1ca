using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;

namespace MediaMagic.Tests.Bulk;

/// <summary>Blob storage behind presigned addresses: whole blobs, blocks and block lists.</summary>
internal sealed class ContractStorage
{
    public const string Host = "storage.test";

    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<(string BlobPath, string Id), byte[]> _blocks = [];

    /// <summary>Gets the blobs by their paths.</summary>
    public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the paths of blobs whose content was replaced by other content.</summary>
    public List<string> Overwritten { get; } = [];

    /// <summary>Returns which operation of storage an address stands for.</summary>
    public static string OperationOf(Uri address) =>
        address.Query.Contains("comp=blocklist", StringComparison.Ordinal) ? "blocklist"
        : address.Query.Contains("comp=block", StringComparison.Ordinal) ? "block"
        : "blob";

    /// <summary>Returns a signed address for the blob.</summary>
    public string NewAddress(string blobPath)
    {
        string id = _addresses.Count.ToString(CultureInfo.InvariantCulture);
        _addresses[id] = blobPath;
        return $"https://{Host}/{id}?sig=c2lnbmF0dXJl";
    }

    /// <summary>Stores a blob.</summary>
    public string Store(string blobPath, byte[] bytes)
    {
        if (Blobs.TryGetValue(blobPath, out byte[]? before) && !before.AsSpan().SequenceEqual(bytes))
        {
            Overwritten.Add(blobPath);
        }

        Blobs[blobPath] = bytes;
        return blobPath;
    }

    /// <summary>Carries out a request to a signed address.</summary>
    public HttpResponseMessage Put(HttpRequestMessage request, byte[] body)
    {
        Uri address = request.RequestUri!;
        string blobPath = _addresses[address.AbsolutePath.TrimStart('/')];
        switch (OperationOf(address))
        {
            case "blocklist":
                return Commit(blobPath, body);
            case "block":
                _blocks[(blobPath, Uri.UnescapeDataString(Regex.Match(address.Query, "[?&]blockid=([^&]+)").Groups[1].Value))] = body;
                return new HttpResponseMessage(HttpStatusCode.Created).WithCrcOf(body);
            default:
                if (!request.Headers.Contains("x-ms-blob-type"))
                {
                    return Refused("MissingRequiredHeader");
                }

                Store(blobPath, body);
                return new HttpResponseMessage(HttpStatusCode.Created).WithCrcOf(body);
        }
    }

    private HttpResponseMessage Commit(string blobPath, byte[] list)
    {
        using MemoryStream blob = new();
        foreach (string id in Regex.Matches(Encoding.UTF8.GetString(list), "<Latest>([^<]+)</Latest>").Select(static match => match.Groups[1].Value))
        {
            if (!_blocks.TryGetValue((blobPath, id), out byte[]? block))
            {
                return Refused("InvalidBlockList");
            }

            blob.Write(block);
        }

        Store(blobPath, blob.ToArray());
        return new HttpResponseMessage(HttpStatusCode.Created).WithCrcOf(list);
    }

    private static HttpResponseMessage Refused(string code)
    {
        HttpResponseMessage answer = new(HttpStatusCode.BadRequest) { Content = new StringContent($"<Error><Code>{code}</Code></Error>", Encoding.UTF8, "application/xml") };
        answer.Headers.TryAddWithoutValidation("x-ms-error-code", code);
        return answer;
    }
}
