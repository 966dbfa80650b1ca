using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>Reads lists of wrong fields in the forms that services give them.</summary>
internal static class FieldErrors
{
    private const int Most = 200;
    private const int MostInSummary = 3;

    private static readonly string[] s_names = ["field", "name", "path", "loc", "property", "param"];
    private static readonly string[] s_messages = ["message", "msg", "detail", "error", "reason"];
    private static readonly string[] s_codes = ["code", "type"];

    /// <summary>The fields of an array of texts or objects, or of an object from names to messages; of anything else none.</summary>
    public static FieldError[] Read(object? value) => value switch
    {
        object?[] items => [.. items.Select(static item => FromItem(item, null)).OfType<FieldError>().Take(Most)],
        Dictionary<string, object?> map => [.. map.SelectMany(FromMember).Take(Most)],
        _ => [],
    };

    /// <summary>The first few on one line, for an answer that says nothing else.</summary>
    public static string? Summary(FieldError[] fields)
    {
        if (fields.Length == 0)
        {
            return null;
        }

        string first = string.Join("; ", fields.Take(MostInSummary));
        return fields.Length > MostInSummary ? $"{first}; and {fields.Length - MostInSummary} more" : first;
    }

    private static FieldError? FromItem(object? item, string? name)
    {
        if (item is not Dictionary<string, object?> members)
        {
            return JsonMembers.Text(item) is string text ? new FieldError(name, text, null) : null;
        }

        FieldError field = new(First(members, s_names), First(members, s_messages), First(members, s_codes));
        return field is { Field: null, Message: null, Code: null } ? null : new FieldError(field.Field ?? name, field.Message, field.Code);
    }

    private static IEnumerable<FieldError> FromMember(KeyValuePair<string, object?> member)
    {
        object?[] messages = member.Value as object?[] ?? [member.Value];
        foreach (object? message in messages)
        {
            if (FromItem(message, member.Key) is FieldError field)
            {
                yield return field;
            }
        }
    }

    private static string? First(Dictionary<string, object?> members, string[] names)
    {
        foreach (string name in names)
        {
            members.TryGetValue(name, out object? value);
            string? text = value is object?[] path ? Path(path) : JsonMembers.Text(value);
            if (text is not null)
            {
                return text;
            }
        }

        return null;
    }

    private static string? Path(object?[] parts)
    {
        string path = string.Join(".", parts.Select(JsonMembers.Text).OfType<string>());
        return path.Length == 0 ? null : path;
    }
}
