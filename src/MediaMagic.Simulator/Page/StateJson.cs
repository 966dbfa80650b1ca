using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>What the page shows, as JSON.</summary>
internal sealed class StateJson
{
    private const int Rows = 50;
    private readonly World _world;

    public StateJson(World world) => _world = world;

    public void Write(Utf8JsonWriter json)
    {
        DateTimeOffset now = _world.Clock.GetUtcNow();
        json.WriteStartObject();
        json.WriteString("baseUri", _world.BaseUri.ToString());
        json.WriteString("workspaceId", _world.Keys.WorkspaceId);
        json.WriteString("keyHint", ApiKeyEntry.Hint(_world.Keys.Sandbox.Key));
        json.WriteNumber("requestCount", _world.Log.Count);
        json.WriteNumber("submissionCount", _world.Submissions.Count);
        json.WriteNumber("connectionCount", _world.Log.Connections);
        WriteSubmissions(json, now);
        WriteRequests(json);
        WriteDeliveries(json);
        WriteFaults(json);
        WriteViolations(json);
        json.WriteEndObject();
    }

    private void WriteSubmissions(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WritePropertyName("submissions");
        JsonLists.Write(json, _world.Submissions.Newest(Rows), string.Empty, wrap: false, submission =>
        {
            json.WriteString("submissionId", submission.Id);
            json.WriteString("createdAt", JsonText.Date(submission.CreatedAt));
            json.WriteString("status", submission.Status(now));
            json.WriteNumber("progressPercent", submission.Progress(now));
            json.WriteNumber("assetCount", submission.Assets.Count);
            json.WriteString("files", string.Join(", ", submission.Assets.Take(3).Select(asset => asset.Identity.FileName)));
            json.WriteNumber("retries", submission.Assets.Sum(asset => asset.Run.Number));
        });
    }

    private void WriteRequests(Utf8JsonWriter json)
    {
        SimulatorRequest[] all = _world.Log.Last();
        json.WritePropertyName("requests");
        JsonLists.Write(json, Enumerable.Reverse(all).Take(Rows), string.Empty, wrap: false, request =>
        {
            json.WriteString("time", JsonText.Date(request.Time));
            json.WriteString("method", request.Method);
            json.WriteString("path", request.Path);
            json.WriteOptional("bucket", request.Bucket);
            json.WriteNumber("status", request.Status);
        });
    }

    private void WriteDeliveries(Utf8JsonWriter json)
    {
        IEnumerable<(WebhookSubscription Subscription, WebhookAttempt Attempt)> all = _world.Webhooks.All()
            .SelectMany(subscription => subscription.Attempts().Take(Rows).Select(attempt => (subscription, attempt)))
            .OrderByDescending(entry => entry.attempt.CreatedAt);
        json.WritePropertyName("deliveries");
        JsonLists.Write(json, all.Take(Rows), string.Empty, wrap: false, entry =>
        {
            json.WriteString("time", JsonText.Date(entry.Attempt.CreatedAt));
            json.WriteString("endpoint", entry.Subscription.Endpoint.OriginalString);
            json.WriteString("eventId", entry.Attempt.EventId);
            json.WriteString("status", entry.Attempt.Status);
            json.WriteOptional("result", entry.Attempt.ResponseStatus?.ToString(CultureInfo.InvariantCulture) ?? entry.Attempt.Error);
        });
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WritePropertyName("faults");
        JsonLists.Write(json, _world.Faults.Active(), string.Empty, wrap: false, fault => FaultJson.Write(json, fault));
    }

    private void WriteViolations(Utf8JsonWriter json)
    {
        json.WriteStartArray("violations");
        foreach (SimulatorViolation violation in Enumerable.Reverse(_world.Log.Violations()).Take(Rows))
        {
            json.WriteStringValue(violation.ToString());
        }

        json.WriteEndArray();
    }
}
