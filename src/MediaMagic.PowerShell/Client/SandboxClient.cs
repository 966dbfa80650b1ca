using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;

namespace MediaMagic.Client;

/// <summary>The sandbox: events on demand.</summary>
public sealed class SandboxClient : ClientPart
{
    internal SandboxClient(ApiSender sender, RequestObserver? observer)
        : base(sender, observer)
    {
    }

    /// <summary>Sends an event for every asset of a submission to the subscriptions that listen to it.</summary>
    public Task<SandboxEventResult> FireAsync(string submissionId, string eventType, string? errorMessage = null, CancellationToken stop = default)
    {
        SandboxEventBody body = new()
        {
            EventType = Required(eventType, nameof(eventType), "The event type"),
            SubmissionId = Required(submissionId, nameof(submissionId), "The submission id"),
            ErrorMessage = errorMessage,
        };
        return ReadAsync(
            new ApiRequest(HttpMethod.Post, "sandbox/events/fire", RateBucket.Sandbox, RequestSafety.Once)
            {
                Endpoint = ApiEndpoint.Sandbox,
                Json = Json(body, ModelJson.Default.SandboxEventBody),
            },
            ModelJson.Default.SandboxEventResult,
            stop);
    }
}
