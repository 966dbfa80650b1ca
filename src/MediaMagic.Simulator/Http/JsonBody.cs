using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Reads a request's JSON object, within bounds.</summary>
internal static class JsonBody
{
    private const int MaxLength = 1024 * 1024;

    public static async Task<JsonElement> ReadAsync(Exchange exchange, CancellationToken stop)
    {
        byte[] body = await ReadBytesAsync(exchange, stop).ConfigureAwait(false);
        RequireJsonType(exchange.ContentType);
        return Parse(body);
    }

    private static async Task<byte[]> ReadBytesAsync(Exchange exchange, CancellationToken stop)
    {
        if (exchange.ContentLength > MaxLength)
        {
            throw TooLarge();
        }

        using MemoryStream body = new();
        byte[] buffer = new byte[exchange.ContentLength > 0 ? Math.Min(exchange.ContentLength, 16 * 1024) : 4096];
        while (true)
        {
            int count = await exchange.Body.ReadAsync(buffer.AsMemory(), stop).ConfigureAwait(false);
            if (count == 0)
            {
                return body.ToArray();
            }

            if (body.Length + count > MaxLength)
            {
                throw TooLarge();
            }

            body.Write(buffer, 0, count);
            if (body.Length == exchange.ContentLength)
            {
                return body.ToArray();
            }
        }
    }

    private static void RequireJsonType(string? contentType)
    {
        if (contentType is null)
        {
            return;
        }

        string type = contentType.Split(';')[0].Trim();
        if (!type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            throw FieldProblems.One("body", $"Expected application/json, not {type}", "content_type");
        }
    }

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement.Clone();
            RequireText(root);
            return root.ValueKind == JsonValueKind.Object ? root : throw FieldProblems.One("body", "Expected a JSON object", "object_type");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw FieldProblems.One("body", "Invalid JSON", "json_invalid");
        }
    }

    // Text that is no Unicode is found only when it is read.
    private static void RequireText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                RequireText(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                _ = member.Name;
                RequireText(member.Value);
            }
        }
    }

    private static Refusal TooLarge() => new(413, "Request body too large");
}
