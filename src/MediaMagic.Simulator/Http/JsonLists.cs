using System;
using System.Collections.Generic;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>Writes lists of objects, bare or wrapped, since the documentation does not say which.</summary>
internal static class JsonLists
{
    public static void Write<T>(Utf8JsonWriter json, IEnumerable<T> items, string name, bool wrap, Action<T> members)
    {
        if (wrap)
        {
            json.WriteStartObject();
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (T item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (wrap)
        {
            json.WriteEndObject();
        }
    }
}
