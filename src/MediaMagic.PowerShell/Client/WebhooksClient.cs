using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;

namespace MediaMagic.Client;

/// <summary>Webhook subscriptions and their deliveries.</summary>
public sealed class WebhooksClient : ClientPart
{
    private const int LongestUrl = 2083;
    private const int LargestLimit = 200;
    private const string Collection = "webhooks/subscriptions";

    internal WebhooksClient(ApiSender sender, RequestObserver? observer)
        : base(sender, observer)
    {
    }

    /// <summary>Creates a subscription; the answer alone carries its signing secret.</summary>
    public async Task<WebhookSubscription> CreateAsync(
        string endpointUrl, IEnumerable<string> eventTypes, string? description = null, CancellationToken stop = default)
    {
        WebhookBody body = new()
        {
            EndpointUrl = CheckEndpoint(endpointUrl),
            EventTypes = [.. (eventTypes ?? []).Where(type => !string.IsNullOrWhiteSpace(type)).Distinct(StringComparer.Ordinal)],
            Description = description,
        };
        if (body.EventTypes.Length == 0)
        {
            throw new ArgumentException(
                $"A subscription needs at least one event type, such as {WebhookEventType.AssetProcessingCompleted}.", nameof(eventTypes));
        }

        return await ReadOneAsync(
            new ApiRequest(HttpMethod.Post, Collection, RateBucket.WebhookWrite, RequestSafety.Once) { Json = Json(body, ModelJson.Default.WebhookBody) },
            stop).ConfigureAwait(false);
    }

    /// <summary>Reads all subscriptions.</summary>
    public async Task<List<WebhookSubscription>> ListAsync(CancellationToken stop = default)
    {
        List<WebhookSubscription> subscriptions = await ReadListAsync(
            Get(Collection, RateBucket.WebhookRead), ModelJson.Default.WebhookSubscription, stop, "subscriptions", "items", "data").ConfigureAwait(false);
        subscriptions.ForEach(subscription => Redactor.Add(subscription.Secret));
        return subscriptions;
    }

    /// <summary>Reads one subscription.</summary>
    public Task<WebhookSubscription> GetAsync(string subscriptionId, CancellationToken stop = default) =>
        ReadOneAsync(Get(PathOf(subscriptionId), RateBucket.WebhookRead), stop);

    /// <summary>Enables or disables a subscription.</summary>
    public Task<WebhookSubscription> SetEnabledAsync(string subscriptionId, bool enabled, CancellationToken stop = default) => ReadOneAsync(
        new ApiRequest(new HttpMethod("PATCH"), PathOf(subscriptionId), RateBucket.WebhookWrite, RequestSafety.Idempotent)
        {
            Json = Json(new WebhookPatchBody { Enabled = enabled }, ModelJson.Default.WebhookPatchBody),
        },
        stop);

    /// <summary>Removes a subscription.</summary>
    public async Task RemoveAsync(string subscriptionId, CancellationToken stop = default)
    {
        ApiRequest request = new(HttpMethod.Delete, PathOf(subscriptionId), RateBucket.WebhookWrite, RequestSafety.Idempotent);
        try
        {
            await SendAsync(request, stop).ConfigureAwait(false);
        }
        catch (MediaMagicException failure) when (failure.Error is { StatusCode: 404, Delivery: Delivery.Unknown })
        {
            // The attempt whose answer was lost had removed it.
        }
    }

    /// <summary>Reads the latest deliveries of a subscription.</summary>
    public async Task<List<WebhookDelivery>> GetDeliveriesAsync(
        string subscriptionId, string? status = null, int? limit = null, CancellationToken stop = default)
    {
        if (limit is not (null or (>= 1 and <= LargestLimit)))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), $"The limit must be from 1 to {LargestLimit}; {limit} is not.");
        }

        List<string> query = [];
        if (!string.IsNullOrEmpty(status))
        {
            query.Add("status_filter=" + Uri.EscapeDataString(status));
        }

        if (limit is not null)
        {
            query.Add("limit=" + limit.Value.ToString(CultureInfo.InvariantCulture));
        }

        string path = PathOf(subscriptionId) + "/deliveries" + (query.Count > 0 ? "?" + string.Join("&", query) : string.Empty);
        List<WebhookDelivery> deliveries = await ReadListAsync(
            Get(path, RateBucket.WebhookRead), ModelJson.Default.WebhookDelivery, stop, "attempts", "deliveries", "items", "data").ConfigureAwait(false);
        deliveries.ForEach(delivery => delivery.SubscriptionId ??= subscriptionId);
        return deliveries;
    }

    // Whatever carries a secret, nothing else may show it from then on.
    private async Task<WebhookSubscription> ReadOneAsync(ApiRequest request, CancellationToken stop)
    {
        WebhookSubscription subscription = await ReadAsync(request, ModelJson.Default.WebhookSubscription, stop).ConfigureAwait(false);
        Redactor.Add(subscription.Secret);
        return subscription;
    }

    private static string PathOf(string subscriptionId) => $"{Collection}/{Escaped(subscriptionId, nameof(subscriptionId))}";

    // A simulator on this machine may deliver over plain http to this machine.
    private string CheckEndpoint(string endpointUrl)
    {
        bool valid = UriText.Parse(Required(endpointUrl, nameof(endpointUrl), "The endpoint")) is Uri address
            && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback && BaseUri.IsLoopback))
            && endpointUrl.Length <= LongestUrl;
        return valid
            ? endpointUrl
            : throw new ArgumentException($"The endpoint must be an https:// address of at most {LongestUrl} characters; '{endpointUrl}' is not.", nameof(endpointUrl));
    }
}
