using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using StandardWebhooks;

namespace MediaMagic.Tests.Webhooks;

/// <summary>A delivery as a service sends it, signed by another implementation of Standard Webhooks than ours.</summary>
internal sealed class SignedDelivery
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public SignedDelivery(string id, DateTimeOffset now, string? body = null, string secret = Secret)
    {
        Body = Encoding.UTF8.GetBytes(body ?? $$$"""{"id":"{{{id}}}","type":"asset.processing.completed","data":{"submission_id":"s1","asset_id":"a1"}}""");
        Headers = new()
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["webhook-signature"] = new StandardWebhook(secret).Sign(id, now, Encoding.UTF8.GetString(Body)),
        };
    }

    public byte[] Body { get; }

    public Dictionary<string, string> Headers { get; }

    /// <summary>The request as it goes over the wire.</summary>
    public byte[] Request(string target = "/", string method = "POST", string extra = "") =>
    [
        .. Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: me\r\n{HeaderLines()}{extra}Content-Length: {Body.Length}\r\n\r\n"),
        .. Body,
    ];

    /// <summary>The request with its body in chunks of that size.</summary>
    public byte[] Chunked(int size)
    {
        List<byte> bytes = [.. Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: me\r\n{HeaderLines()}Transfer-Encoding: chunked\r\n\r\n")];
        foreach (byte[] part in Body.Chunk(size))
        {
            bytes.AddRange([.. Encoding.ASCII.GetBytes($"{part.Length:x};note=1\r\n"), .. part, .. "\r\n"u8]);
        }

        return [.. bytes, .. "0\r\nTrailer: x\r\n\r\n"u8];
    }

    private string HeaderLines() => string.Concat(Headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
}
