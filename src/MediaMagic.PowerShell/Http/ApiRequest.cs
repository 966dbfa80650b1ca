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

    /// <summary>Gets what creates a fresh body for every attempt, where it is not JSON. The watch is there if the request has an idle timeout.</summary>
    public Func<IdleWatch?, HttpContent>? Content { get; init; }

    /// <summary>Gets the timeout of one attempt, where the client's own does not fit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how long no byte may move, for requests whose attempts may take any time.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Gets the system that answers.</summary>
    public string Service => Endpoint == ApiEndpoint.Storage ? ErrorSystem.AzureBlob : ErrorSystem.MediaMagic;

    /// <summary>Gets what tells whether the whole body of the last attempt was handed over, where a part of it has no effect.</summary>
    public Func<bool>? IsWhole { get; init; }

    /// <summary>Gets a value indicating whether the body of a success matters.</summary>
    public bool ReadsBody => Endpoint != ApiEndpoint.Storage;

    /// <summary>Gets the blob paths that a create names.</summary>
    public IReadOnlyList<string> BlobPaths { get; init; } = [];

    /// <summary>Gets what became of earlier calls for the same operation.</summary>
    public Delivery Before { get; init; }

    /// <summary>Returns whether the answer is one of the service to a success. Storage answers 201; something else in its place may answer 200 to anything.</summary>
    public bool IsDone(ApiAnswer answer) => answer.IsSuccess && (Endpoint != ApiEndpoint.Storage || answer.Status == 201);

    /// <summary>A fresh body for one attempt; a read has none.</summary>
    public HttpContent? NewBody(IdleWatch? watch)
    {
        if (Json is null)
        {
            // A write without a body gets an empty one: without it the handler would by itself repeat
            // the request on a fresh connection when a pooled one dies.
            return Content?.Invoke(watch) ?? (Method == HttpMethod.Get ? null : new ByteArrayContent([]));
        }

        ByteArrayContent body = new(Json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return body;
    }
}
