using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;

namespace MediaMagic.Client;

/// <summary>Reads successful answers in every form that the contract leaves open.</summary>
internal static class AnswerReader
{
    private static readonly JsonDocumentOptions s_document = new() { MaxDepth = 128, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static T Read<T>(ApiAnswer answer, JsonTypeInfo<T> type)
        where T : class => Try(answer, body => JsonSerializer.Deserialize(body, SnakeCaseNames.Of(type))) ?? throw Unreadable(answer, "it is null");

    /// <summary>A list, bare or wrapped under one of the names, or under any name that holds the only list.</summary>
    public static List<T> ReadList<T>(ApiAnswer answer, JsonTypeInfo<T> type, params string[] names)
        where T : class => Try(answer, body =>
        {
            using JsonDocument document = JsonDocument.Parse(body.ToArray(), s_document);
            JsonElement? list = FindList(document.RootElement, names);
            if (list is null && SaysNone(document.RootElement, names))
            {
                return [];
            }

            return list is null
                ? throw new JsonException("it holds no list")
                : list.Value.EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.Object)
                    .Select(item => item.Deserialize(SnakeCaseNames.Of(type))!)
                    .ToList();
        });

    private static JsonElement? FindList(JsonElement root, string[] names)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonProperty[] lists = [.. root.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Array)];
        foreach (string name in names)
        {
            JsonProperty found = Array.Find(lists, list => string.Equals(list.Name, name, StringComparison.OrdinalIgnoreCase));
            if (found.Value.ValueKind == JsonValueKind.Array)
            {
                return found.Value;
            }
        }

        return lists.Length == 1 ? lists[0].Value : null;
    }

    // A list that is null has no items.
    private static bool SaysNone(JsonElement root, string[] names) =>
        root.ValueKind == JsonValueKind.Object
        && root.EnumerateObject().Any(property => property.Value.ValueKind == JsonValueKind.Null && names.Contains(property.Name, StringComparer.OrdinalIgnoreCase));

    private delegate T Reading<T>(ReadOnlySpan<byte> body);

    private static T Try<T>(ApiAnswer answer, Reading<T> read)
    {
        ReadOnlySpan<byte> body = answer.Body.AsSpan();
        if (body.StartsWith(Encoding.UTF8.GetPreamble()))
        {
            body = body.Slice(3);
        }

        try
        {
            return read(body);
        }
        catch (Exception first) when (first is JsonException or InvalidOperationException)
        {
            try
            {
                // Bytes that are not UTF-8 become replacement characters: better a damaged word than no answer.
                return read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body)));
            }
            catch (Exception second) when (second is JsonException or InvalidOperationException)
            {
                throw Unreadable(answer, first.Message);
            }
        }
    }

    private static UnreadableAnswerException Unreadable(ApiAnswer answer, string why) =>
        new($"The service answered {answer.Status}, but with a body that cannot be read: {why}.");
}
