using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>Reads members of a JSON object and notes what is wrong with them.</summary>
internal static class JsonFields
{
    public static string? Text(JsonElement item, string name, string field, FieldProblems problems, bool required, int maxLength)
    {
        if (!item.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            if (required)
            {
                problems.Add(field, "Field required", "missing");
            }

            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add(field, "Expected a string", "string_type");
            return null;
        }

        string text = value.GetString()!;
        if (required && text.Length == 0)
        {
            problems.Add(field, "Must have at least 1 character", "string_too_short");
            return null;
        }

        if (text.Length > maxLength)
        {
            problems.Add(field, $"Must have at most {maxLength} characters", "string_too_long");
            return null;
        }

        return text;
    }
}
