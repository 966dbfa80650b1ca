using System.Collections.Generic;
using System.Linq;
using System.Text;
using MediaMagic.Errors;

namespace MediaMagic.Tests.Errors;

/// <summary>Short ways to have an answer read.</summary>
internal static class Answers
{
    /// <summary>Reads a body, as bytes.</summary>
    public static ApiError Read(int status, string body, ErrorContext? context = null, params (string Name, string Value)[] headers) =>
        Read(status, Encoding.UTF8.GetBytes(body), context, headers);

    /// <summary>Reads bytes.</summary>
    public static ApiError Read(int status, byte[] body, ErrorContext? context = null, params (string Name, string Value)[] headers)
    {
        KeyValuePair<string, string>[] pairs = [.. headers.Select(static header => new KeyValuePair<string, string>(header.Name, header.Value))];
        return ErrorReader.Read(status, pairs, body, context ?? new ErrorContext());
    }

    /// <summary>Reads a detail of a request to the endpoint.</summary>
    public static ApiError Detail(int status, string detail, ApiEndpoint endpoint = ApiEndpoint.Other) =>
        Read(status, $$"""{"detail": "{{detail}}"}""", At(endpoint));

    /// <summary>A request to the endpoint.</summary>
    public static ErrorContext At(ApiEndpoint endpoint) =>
        new() { Endpoint = endpoint, Method = "GET", Uri = "https://example.com/api/integrations" };
}
