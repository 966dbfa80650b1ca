using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using MediaMagic.Errors;

namespace MediaMagic.Http;

/// <summary>One call of the API, which may take several attempts.</summary>
internal sealed class ApiRequest(HttpMethod method, string path, string bucket, RequestSafety safety)
{
    public HttpMethod Method { get; } = method;

    /// <summary>The escaped path under <c>/api/integrations/</c>, with its query.</summary>
    public string Path { get; } = path;

    public string Bucket { get; } = bucket;

    public RequestSafety Safety { get; } = safety;

    public ApiEndpoint Endpoint { get; init; }

    /// <summary>The body, where it is JSON.</summary>
    public byte[]? Json { get; init; }

    /// <summary>Makes a fresh body for every attempt, where it is something else.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>The limit of one attempt, where the client's own does not fit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the blob paths that a create names.</summary>
    public IReadOnlyList<string> BlobPaths { get; init; } = [];

    /// <summary>Gets what became of earlier calls for the same operation.</summary>
    public Delivery Before { get; init; }

    /// <summary>A fresh body for one attempt; a read has none.</summary>
    public HttpContent? NewBody()
    {
        if (Json is null)
        {
            // A write without a body gets an empty one: without it the handler would by itself repeat
            // the request on a fresh connection when a pooled one dies.
            return Content?.Invoke() ?? (Method == HttpMethod.Get ? null : new ByteArrayContent([]));
        }

        ByteArrayContent body = new(Json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return body;
    }
}
