using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MediaMagic.Errors;

namespace MediaMagic.Http;

/// <summary>A complete answer: status, headers and what was read of the body.</summary>
internal sealed class ApiAnswer(int status, IReadOnlyList<KeyValuePair<string, string>> headers, ArraySegment<byte> body)
{
    public int Status { get; } = status;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = headers;

    public ArraySegment<byte> Body { get; } = body;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>How long the service asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Returns the value of a header; null when the answer has none.</summary>
    public string? HeaderOf(string name) => Headers.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Returns the answer without the secrets that the redactor knows.</summary>
    public ApiAnswer Without(Redactor redactor)
    {
        if (!redactor.MayHold(Body.AsSpan()))
        {
            return this;
        }

        string text = Encoding.UTF8.GetString(Body.AsSpan());
        string clean = redactor.RedactKnown(text);
        return clean.Length == text.Length && clean == text ? this : new ApiAnswer(Status, Headers, new ArraySegment<byte>(Encoding.UTF8.GetBytes(clean))) { RetryAfter = RetryAfter };
    }
}
