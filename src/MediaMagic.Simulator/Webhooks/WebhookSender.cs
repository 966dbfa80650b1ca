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
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly SemaphoreSlim _free = new(AtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly SimulatorOptions _options;

    public WebhookSender(SimulatorOptions options) => _options = options;

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
                await PostAsync(subscription, message, attempt, stop).ConfigureAwait(false);
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

    private async Task PostAsync(WebhookSubscription subscription, WebhookEvent message, WebhookAttempt attempt, CancellationToken stop)
    {
        double seconds = _options.WebhookTimeoutSeconds;
        using CancellationTokenSource late = _options.TimeProvider.CreateCancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        using HttpRequestMessage request = Request(subscription, message);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token).ConfigureAwait(false);
            attempt.Answered((int)response.StatusCode);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            attempt.NotDelivered(string.Format(CultureInfo.InvariantCulture, "no answer within {0} s", seconds));
        }
    }

    private HttpRequestMessage Request(WebhookSubscription subscription, WebhookEvent message)
    {
        string timestamp = _options.TimeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        HttpRequestMessage request = new(HttpMethod.Post, subscription.Endpoint) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Reply.JsonType);
        string signature = WebhookSignature.Sign(subscription.Secret, message.Id, timestamp, message.Body);
        request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", signature);
        return request;
    }
}
