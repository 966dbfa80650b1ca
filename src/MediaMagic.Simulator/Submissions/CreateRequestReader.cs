using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>Reads and validates the body and query of a create.</summary>
internal static class CreateRequestReader
{
    private const double MaxDelay = 30;
    private static readonly string[] s_assetMembers = ["blobPath", "previousSubmissionId"];

    public static CreateRequest Read(Exchange exchange, JsonElement body)
    {
        TimeSpan delay = ReadDelay(exchange);
        FieldProblems problems = new();
        List<RequestedAsset> assets = ReadAssets(body, problems);
        List<string> sidekicks = ReadSidekicks(body, problems);
        if (body.TryGetProperty("metadata", out JsonElement metadata)
            && metadata.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            problems.Add("metadata", "Expected an object", "object_type");
        }

        problems.ThrowIfAny();
        return new CreateRequest(assets, sidekicks, delay);
    }

    private static TimeSpan ReadDelay(Exchange exchange)
    {
        const string Name = "simulationDelaySeconds";
        if (!exchange.Query.TryGetValue(Name, out string? text))
        {
            return TimeSpan.Zero;
        }

        if (exchange.Key.IsLive)
        {
            throw new Refusal(400, "simulationDelaySeconds is only available with sandbox keys");
        }

        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds);
        return isNumber && seconds is >= 0 and <= MaxDelay
            ? TimeSpan.FromSeconds(seconds)
            : throw FieldProblems.One(Name, "Must be a number from 0 to 30", "out_of_range");
    }

    private static List<RequestedAsset> ReadAssets(JsonElement body, FieldProblems problems)
    {
        List<RequestedAsset> assets = [];
        if (!body.TryGetProperty("assets", out JsonElement items) || items.ValueKind == JsonValueKind.Null)
        {
            problems.Add("assets", "Field required", "missing");
        }
        else if (items.ValueKind != JsonValueKind.Array)
        {
            problems.Add("assets", "Expected a list", "list_type");
        }
        else if (items.GetArrayLength() == 0)
        {
            problems.Add("assets", "Must have at least 1 item", "too_short");
        }
        else
        {
            int index = 0;
            foreach (JsonElement item in items.EnumerateArray())
            {
                ReadAsset(item, $"assets.{index++}", assets, problems);
            }
        }

        return assets;
    }

    private static void ReadAsset(JsonElement item, string field, List<RequestedAsset> assets, FieldProblems problems)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Add(field, "Expected an object", "object_type");
            return;
        }

        foreach (JsonProperty member in item.EnumerateObject().Where(member => !s_assetMembers.Contains(member.Name)))
        {
            problems.Add(field + "." + member.Name, "Extra inputs are not permitted", "extra_forbidden");
        }

        string? blobPath = JsonFields.Text(item, "blobPath", field + ".blobPath", problems, required: true, maxLength: 4096);
        string previousField = field + ".previousSubmissionId";
        string? previous = JsonFields.Text(item, "previousSubmissionId", previousField, problems, required: false, maxLength: 255);
        if (previous is not null && !Guid.TryParse(previous, out _))
        {
            problems.Add(previousField, "Must be a UUID", "uuid_parsing");
        }

        assets.Add(new RequestedAsset(blobPath ?? string.Empty, previous));
    }

    private static List<string> ReadSidekicks(JsonElement body, FieldProblems problems)
    {
        List<string> ids = [];
        if (!body.TryGetProperty("sidekickIds", out JsonElement items) || items.ValueKind == JsonValueKind.Null)
        {
            return ids;
        }

        if (items.ValueKind != JsonValueKind.Array)
        {
            problems.Add("sidekickIds", "Expected a list", "list_type");
            return ids;
        }

        foreach (JsonElement item in items.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && Guid.TryParse(item.GetString(), out Guid id))
            {
                ids.Add(id.ToString());
            }
            else
            {
                problems.Add($"sidekickIds.{ids.Count}", "Must be a UUID", "uuid_parsing");
            }
        }

        return ids;
    }
}
