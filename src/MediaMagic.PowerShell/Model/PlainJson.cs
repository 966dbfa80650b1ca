using System;
using System.Collections.Generic;
using System.Text.Json;

namespace MediaMagic;

/// <summary>JSON as plain values that PowerShell can walk with dots: text, numbers, booleans, dictionaries and arrays.</summary>
internal static class PlainJson
{
    // Stands for text that is no Unicode, which the reader of JSON lets through and then refuses to hand out.
    private const string Unreadable = "\uFFFD";

    /// <summary>The element as string, long, double, bool, null, Dictionary&lt;string, object?&gt; or object?[].</summary>
    public static object? ToPlain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ToDictionary(element),
        JsonValueKind.Array => ToArray(element),
        JsonValueKind.String => TextOf(element),
        JsonValueKind.Number => NumberOf(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The members of an object; of two with the same name the last one counts.</summary>
    public static Dictionary<string, object?> ToDictionary(JsonElement element)
    {
        Dictionary<string, object?> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            members[NameOf(member)] = ToPlain(member.Value);
        }

        return members;
    }

    private static object?[] ToArray(JsonElement element)
    {
        object?[] items = new object?[element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            items[index++] = ToPlain(item);
        }

        return items;
    }

    // What no double can hold stays as it was written.
    private static object NumberOf(JsonElement element)
    {
        if (element.TryGetInt64(out long whole))
        {
            return whole;
        }

        return element.TryGetDouble(out double number) && !double.IsInfinity(number) ? number : element.GetRawText();
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Unreadable;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Unreadable;
        }
    }
}
