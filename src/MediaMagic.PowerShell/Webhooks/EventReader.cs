using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace MediaMagic.Webhooks;

/// <summary>Reads an event out of a delivery's body, tolerant of what is missing or new.</summary>
internal static class EventReader
{
    private const double LastUnixSecond = 253402300799;
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 128 };

    /// <summary>The event; null when the body is no JSON object. The headers, which are signed, have the last word on the id.</summary>
    public static WebhookEvent? Read(byte[] body, string? id, string? sentAt)
    {
        Dictionary<string, object?>? envelope = Parse(body);
        if (envelope is null)
        {
            return null;
        }

        WebhookEvent read = new()
        {
            Id = string.IsNullOrEmpty(id) ? Text(envelope, "id") : id,
            Type = Text(envelope, "type", "eventType", "event_type"),
            Timestamp = Moment(envelope.GetValueOrDefault("timestamp")) ?? Moment(sentAt),
            Data = envelope.GetValueOrDefault("data") as Dictionary<string, object?>,
        };
        Dictionary<string, object?> data = read.Data ?? envelope;
        read.SubmissionId = Text(data, "submission_id", "submissionId");
        read.AssetId = Text(data, "asset_id", "assetId");
        foreach (KeyValuePair<string, object?> member in envelope)
        {
            if (!IsShown(member, read))
            {
                read.AdditionalProperties[member.Key] = member.Value;
            }
        }

        return read;
    }

    private static Dictionary<string, object?>? Parse(byte[] body)
    {
        bool marked = body is [0xEF, 0xBB, 0xBF, ..];
        ReadOnlyMemory<byte> text = body.AsMemory(marked ? 3 : 0);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, s_options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? PlainJson.ToDictionary(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What a property holds already needs no second place.
    private static bool IsShown(KeyValuePair<string, object?> member, WebhookEvent read) => member.Key switch
    {
        "id" => member.Value as string == read.Id,
        "type" => read.Type is not null,
        "timestamp" => read.Timestamp is not null,
        "data" => read.Data is not null,
        _ => false,
    };

    private static string? Text(Dictionary<string, object?> members, params string[] names)
    {
        foreach (string name in names)
        {
            if (members.GetValueOrDefault(name) is string or long or double)
            {
                return Convert.ToString(members[name], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static DateTimeOffset? Moment(object? value)
    {
        if (value is string text
            && !double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
        {
            return date;
        }

        return double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds <= LastUnixSecond
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
    }
}
