using System;
using System.Linq;
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
            ContentType = Plain(contentType),
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
        return SendDirectAsync(fileName, contentType, _ => content(), timeout, null, null, stop);
    }

    /// <summary>Uploads a small file in one request, which may take any time while its bytes move, and returns where it lies.</summary>
    internal async Task<DirectUpload> SendDirectAsync(
        string fileName, string contentType, Func<IdleWatch?, HttpContent> content, Func<bool> isWhole, TimeSpan idle, CancellationToken stop)
    {
        DirectUpload answer = await SendDirectAsync(fileName, contentType, content, null, idle, isWhole, stop).ConfigureAwait(false);
        return !string.IsNullOrEmpty(answer.BlobPath) ? answer : throw new MediaMagicException(LocalErrors.InvalidResponse(
            "The service did not say where the file lies.",
            context: new ErrorContext
            {
                Endpoint = ApiEndpoint.UploadDirect,
                Method = "POST",
                Call = new CallOutcome(RequestSafety.Idempotent, Delivery.Unknown, 1, 0, []),
            }));
    }

    private Task<DirectUpload> SendDirectAsync(
        string fileName, string contentType, Func<IdleWatch?, HttpContent> content, TimeSpan? timeout, TimeSpan? idle, Func<bool>? isWhole, CancellationToken stop)
    {
        Required(fileName, nameof(fileName), "The file name");
        Plain(contentType);
        return ReadAsync(
            new ApiRequest(HttpMethod.Post, "uploads/direct", RateBucket.Upload, RequestSafety.Idempotent)
            {
                Endpoint = ApiEndpoint.UploadDirect,
                Content = watch => new FormFileContent(fileName, contentType, content(watch)),
                Timeout = timeout,
                IdleTimeout = idle,
                IsWhole = isWhole,
            },
            ModelJson.Default.DirectUpload,
            stop);
    }

    // It becomes a header of the form, where a line end would begin another one.
    private static string Plain(string contentType) => Required(contentType, nameof(contentType), "The content type").Any(char.IsControl)
        ? throw new ArgumentException("The content type must have no control characters.", nameof(contentType))
        : contentType;
}
