using System;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Posts events to endpoints on this machine, and to no other.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int AtOnce = 16;
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly SemaphoreSlim _free = new(AtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _clock;

    public WebhookSender(TimeProvider clock) => _clock = clock;

    public async Task SendAsync(WebhookSubscription subscription, WebhookEvent message, WebhookAttempt attempt)
    {
        if (!subscription.Endpoint.IsLoopback)
        {
            attempt.NotDelivered("not delivered: the simulator only talks to this machine");
            return;
        }

        try
        {
            CancellationToken stop = _stop.Token;
            await _free.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                using HttpRequestMessage request = Request(subscription, message);
                using HttpResponseMessage response = await _http
                    .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
                attempt.Answered((int)response.StatusCode);
            }
            finally
            {
                _free.Release();
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            attempt.NotDelivered(error.Message);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _http.Dispose();
        _stop.Dispose();
    }

    private HttpRequestMessage Request(WebhookSubscription subscription, WebhookEvent message)
    {
        string timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        HttpRequestMessage request = new(HttpMethod.Post, subscription.Endpoint) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Reply.JsonType);
        string signature = WebhookSignature.Sign(subscription.Secret, message.Id, timestamp, message.Body);
        request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", signature);
        return request;
    }
}
