using System;
using System.Collections.Generic;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>Reads and validates a new webhook subscription.</summary>
internal static class SubscriptionReader
{
    private const int MaxUrlLength = 2083;

    public static WebhookSubscription Read(JsonElement body, string workspaceId, bool allowLoopback, byte[] secret, DateTimeOffset now)
    {
        if (!body.TryGetProperty("endpointUrl", out JsonElement destination) || destination.ValueKind == JsonValueKind.Null)
        {
            throw new Refusal(400, "Subscription is missing a delivery destination");
        }

        FieldProblems problems = new();
        string? url = JsonFields.Text(body, "endpointUrl", "endpointUrl", problems, required: true, MaxUrlLength);
        Uri? endpoint = ReadEndpoint(url, allowLoopback, problems);
        List<string> types = ReadTypes(body, problems);
        string? description = JsonFields.Text(body, "description", "description", problems, required: false, maxLength: 4096);
        problems.ThrowIfAny();
        return new WebhookSubscription(workspaceId, endpoint!, types, description, secret, now);
    }

    private static Uri? ReadEndpoint(string? text, bool allowLoopback, FieldProblems problems)
    {
        if (text is null)
        {
            return null;
        }

        // TryCreate throws on some texts that begin with two slashes.
        Uri? uri = null;
        bool valid = text.TrimStart().StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(text, UriKind.Absolute, out uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (allowLoopback && uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp));
        if (!valid)
        {
            problems.Add("endpointUrl", "Must be an https URL", "url_scheme");
        }

        return uri;
    }

    private static List<string> ReadTypes(JsonElement body, FieldProblems problems)
    {
        List<string> types = [];
        bool isList = body.TryGetProperty("eventTypes", out JsonElement items) && items.ValueKind == JsonValueKind.Array;
        if (!isList || items.GetArrayLength() == 0)
        {
            problems.Add("eventTypes", "Must be a list of at least 1 event type", "too_short");
            return types;
        }

        int index = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            string? type = item.ValueKind == JsonValueKind.String ? item.GetString() : null;
            if (type is null || !EventTypes.IsKnown(type))
            {
                problems.Add($"eventTypes.{index}", $"Must be '{EventTypes.Completed}' or '{EventTypes.Failed}'", "enum");
            }
            else if (!types.Contains(type))
            {
                types.Add(type);
            }

            index++;
        }

        return types;
    }
}
