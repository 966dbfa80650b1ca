using System;
using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The headers of an answer, by name in any case; of two alike the first counts.</summary>
internal sealed class ErrorHeaders
{
    private const int Most = 256;
    private const int LongestValue = 1000;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a sane number of headers of a sane length.</summary>
    public ErrorHeaders(IEnumerable<KeyValuePair<string, string>>? headers)
    {
        foreach (KeyValuePair<string, string> header in headers ?? [])
        {
            if (_values.Count == Most)
            {
                break;
            }

            if (header.Key is not null && header.Value is not null && !_values.ContainsKey(header.Key))
            {
                _values.Add(header.Key, header.Value.Length > LongestValue ? header.Value.Substring(0, LongestValue) : header.Value);
            }
        }
    }

    /// <summary>The media type with its parameters.</summary>
    public string? ContentType => this["Content-Type"];

    /// <summary>The header's value, or null.</summary>
    public string? this[string name] => _values.TryGetValue(name, out string? value) && value.Trim().Length > 0 ? value : null;

    /// <summary>The id under which somebody on the way logged the request.</summary>
    public string? RequestId =>
        this["X-Request-ID"] ?? this["x-ms-request-id"] ?? this["Request-Id"] ?? this["X-Correlation-ID"] ?? this["X-Azure-Ref"];

    /// <summary>How long to wait, in whichever header it stands.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) =>
        RetryAfterHeader.Of(name => this[name], now);

    /// <summary>Gets how long to wait until the limit of an API that tells its windows is lifted.</summary>
    public TimeSpan? UntilReset(DateTimeOffset now) => RetryAfterHeader.UntilReset(name => this[name], "X-RateLimit-Reset", now);
}
