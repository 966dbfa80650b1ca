using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace MediaMagic.Webhooks;

/// <summary>What a request says before its body.</summary>
internal sealed class RequestHead(string method, string path, bool isOld, IReadOnlyList<KeyValuePair<string, string>> headers)
{
    /// <summary>The method, as sent.</summary>
    public string Method { get; } = method;

    /// <summary>The path, as sent, without the query.</summary>
    public string Path { get; } = path;

    /// <summary>Whether it is HTTP/1.0, which knows neither chunks nor connections that stay open by themselves.</summary>
    public bool IsOld { get; } = isOld;

    /// <summary>Whether the client wants the connection to end.</summary>
    public bool Closes => IsOld || Has("connection", "close");

    /// <summary>Whether the body comes in chunks.</summary>
    public bool IsChunked => Header("transfer-encoding") is not null;

    /// <summary>Whether the client waits to be told that its body is wanted.</summary>
    public bool AwaitsContinue => !IsOld && Has("expect", "100-continue");

    /// <summary>A header's values, joined by a space; null when there is none.</summary>
    public string? Header(string name)
    {
        string[] found = [.. headers.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(static header => header.Value)];
        return found.Length == 0 ? null : string.Join(" ", found);
    }

    /// <summary>How long the body is said to be; null when that is not said.</summary>
    public long? Length => Header("content-length") is string text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>The status with which a request is refused whose body nobody could delimit for certain; 0 when all is well.</summary>
    public int Flaw()
    {
        string? length = Header("content-length");
        string? coding = Header("transfer-encoding");
        if (headers.Count(static header => string.Equals(header.Key, "host", StringComparison.OrdinalIgnoreCase)) != 1 && !IsOld)
        {
            return 400;
        }

        if (coding is not null)
        {
            return length is not null || IsOld ? 400 : string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase) ? 0 : 501;
        }

        if (length is not null && (length.Length is 0 or > 15 || !length.All(static c => c is >= '0' and <= '9')))
        {
            return 400;
        }

        return Header("expect") is null || AwaitsContinue ? 0 : 417;
    }

    private bool Has(string name, string token) => Header(name) is string value
        && value.Split(',').Any(part => string.Equals(part.Trim(), token, StringComparison.OrdinalIgnoreCase));
}
