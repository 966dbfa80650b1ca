using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>The sixteen endpoints.</summary>
internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public RouteTable(World world)
    {
        UploadEndpoints uploads = new(world);
        Add("POST", "uploads/url", Buckets.Upload, uploads.CreateUrlAsync);
        Add("POST", "uploads/direct", Buckets.Upload, uploads.UploadAsync);

        SubmissionEndpoints submissions = new(world);
        Add("POST", "submissions", Buckets.SubmissionWrite, submissions.CreateAsync);
        Add("GET", "submissions/{submissionId}", Buckets.SubmissionRead, submissions.Status);
        Add("GET", "submissions/{submissionId}/versions", Buckets.SubmissionRead, submissions.Versions);

        AssetEndpoints assets = new(world);
        Add("GET", "submissions/{submissionId}/assets/{assetId}", Buckets.SubmissionRead, assets.Get);
        Add("GET", "submissions/{submissionId}/assets/{assetId}/issues", Buckets.SubmissionRead, assets.Issues);
        Add("GET", "submissions/{submissionId}/assets/{assetId}/topics", Buckets.SubmissionRead, assets.Topics);
        Add("POST", "submissions/{submissionId}/assets/{assetId}/retry", Buckets.SubmissionWrite, assets.Retry);

        WebhookEndpoints webhooks = new(world);
        Add("POST", "webhooks/subscriptions", Buckets.WebhookWrite, webhooks.CreateAsync);
        Add("GET", "webhooks/subscriptions", Buckets.WebhookRead, webhooks.List);
        Add("GET", "webhooks/subscriptions/{id}", Buckets.WebhookRead, webhooks.Get);
        Add("PATCH", "webhooks/subscriptions/{id}", Buckets.WebhookWrite, webhooks.UpdateAsync);
        Add("DELETE", "webhooks/subscriptions/{id}", Buckets.WebhookWrite, webhooks.Delete);
        Add("GET", "webhooks/subscriptions/{id}/deliveries", Buckets.WebhookRead, webhooks.Deliveries);

        Add("POST", "sandbox/events/fire", Buckets.Sandbox, new SandboxEndpoint(world).FireAsync);
    }

    /// <summary>The endpoints' names.</summary>
    public IEnumerable<string> Names => _routes.Select(route => route.Name);

    /// <summary>Finds the route, or tells which methods the path would take.</summary>
    public Route? Find(string method, string[] segments, out IReadOnlyList<string> allowed)
    {
        allowed = [];
        Route? found = _routes.Find(route => route.Method == method && route.Matches(segments));
        if (found is null)
        {
            allowed = [.. _routes.Where(route => route.Matches(segments)).Select(route => route.Method)];
        }

        return found;
    }

    private void Add(string method, string template, string bucket, Func<Exchange, Reply> handle) =>
        Add(method, template, bucket, (exchange, _) => Task.FromResult(handle(exchange)));

    private void Add(string method, string template, string bucket, Func<Exchange, CancellationToken, Task<Reply>> handle) =>
        _routes.Add(new Route(method, template, bucket, handle));
}
