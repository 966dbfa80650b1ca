using System;
using System.Collections;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MediaMagic.Json;

/// <summary>Reads members under their snake_case names too, as some examples of the documentation have them.</summary>
internal static class SnakeCaseNames
{
    private static readonly JsonSerializerOptions s_options = new(ModelJson.Default.Options) { TypeInfoResolver = ModelJson.Default.WithAddedModifier(AddNames) };

    /// <summary>Returns the type with both forms of its names.</summary>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type) => (JsonTypeInfo<T>)s_options.GetTypeInfo(type.Type);

    private static void AddNames(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (JsonPropertyInfo property in type.Properties.Where(static property => property is { Set: not null, IsExtensionData: false }).ToArray())
        {
            string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            if (!type.Properties.Any(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                JsonPropertyInfo other = type.CreateJsonPropertyInfo(property.PropertyType, name);
                other.Set = (owner, value) => SetUnlessSet(property, owner, value);
                other.CustomConverter = property.CustomConverter;
                type.Properties.Add(other);
            }
        }
    }

    // If an answer has both forms, camelCase wins, whichever comes first.
    private static void SetUnlessSet(JsonPropertyInfo property, object owner, object? value)
    {
        if (property.Get?.Invoke(owner) is null or ICollection { Count: 0 })
        {
            property.Set!(owner, value);
        }
    }
}
