using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;

namespace MediaMagic.Client;

/// <summary>Uploads: presigned addresses, and small files directly.</summary>
public sealed class UploadsClient : ClientPart
{
    internal UploadsClient(ApiSender sender, RequestObserver? observer)
        : base(sender, observer)
    {
    }

    /// <summary>Asks for an address to upload one file to.</summary>
    public Task<PresignedUpload> CreateUrlAsync(string fileName, string contentType, CancellationToken stop = default)
    {
        UploadUrlBody body = new()
        {
            Filename = Required(fileName, nameof(fileName), "The file name"),
            ContentType = Required(contentType, nameof(contentType), "The content type"),
        };
        return ReadAsync(
            new ApiRequest(HttpMethod.Post, "uploads/url", RateBucket.Upload, RequestSafety.Idempotent)
            {
                Endpoint = ApiEndpoint.UploadUrl,
                Json = Json(body, ModelJson.Default.UploadUrlBody),
            },
            ModelJson.Default.PresignedUpload,
            stop);
    }

    /// <summary>Uploads a small file in one request; <paramref name="content"/> makes a fresh body for every attempt.</summary>
    public Task<DirectUpload> SendDirectAsync(
        string fileName, string contentType, Func<HttpContent> content, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        Required(fileName, nameof(fileName), "The file name");
        Required(contentType, nameof(contentType), "The content type");
        return ReadAsync(
            new ApiRequest(HttpMethod.Post, "uploads/direct", RateBucket.Upload, RequestSafety.Idempotent)
            {
                Endpoint = ApiEndpoint.UploadDirect,
                Content = () => new FormFileContent(fileName, contentType, content()),
                Timeout = timeout,
            },
            ModelJson.Default.DirectUpload,
            stop);
    }
}
