using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>A request, reduced to what the service looks at.</summary>
/// <param name="Method">The method.</param>
/// <param name="Host">The host.</param>
/// <param name="Path">The path after the root of the API.</param>
/// <param name="Key">The API key.</param>
internal sealed record HostileCall(string Method, string Host, string Path, string? Key)
{
    private const string Root = "/api/integrations/";

    /// <summary>Gets the file name or the blob path in the body.</summary>
    public string? Name { get; private init; }

    /// <summary>Gets the SHA-256 of the file in the body.</summary>
    public string? Content { get; private init; }

    /// <summary>Returns whether the request creates a submission.</summary>
    public static bool IsCreate(HttpRequestMessage request) => Of(request) is { Method: "POST", Path: "submissions" };

    /// <summary>Reads a request.</summary>
    public static async Task<HostileCall> ReadAsync(HttpRequestMessage request)
    {
        HostileCall call = Of(request);
        switch (call.Method, call.Path)
        {
            case ("POST", "uploads/direct"):
                (string name, byte[] bytes) = await FormReader.ReadAsync(request.Content!);
                return call with { Name = name, Content = HashOf(bytes) };
            case ("POST", "uploads/url"):
                return call with { Name = (await ReadBodyAsync(request)).GetProperty("filename").GetString() };
            case ("POST", "submissions"):
                return call with { Name = (await ReadBodyAsync(request)).GetProperty("assets").EnumerateArray().Single().GetProperty("blobPath").GetString() };
            case ("PUT", _):
                return call with { Content = HashOf(await request.Content!.ReadAsByteArrayAsync()) };
            default:
                return call;
        }
    }

    private static HostileCall Of(HttpRequestMessage request)
    {
        string path = request.RequestUri!.AbsolutePath;
        string? key = request.Headers.TryGetValues("X-API-Key", out IEnumerable<string>? keys) ? keys.Single() : null;
        return new HostileCall(request.Method.Method, request.RequestUri.Host, path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : path, key);
    }

    private static async Task<JsonElement> ReadBodyAsync(HttpRequestMessage request)
    {
        using JsonDocument body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync());
        return body.RootElement.Clone();
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
