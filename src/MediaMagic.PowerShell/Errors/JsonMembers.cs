using System;
using System.Collections.Generic;
using System.Globalization;

namespace MediaMagic.Errors;

/// <summary>The members of a JSON object, taken out one by one as they are understood; what stays is passed on as it is.</summary>
internal sealed class JsonMembers
{
    /// <summary>Starts with all of them.</summary>
    public JsonMembers(Dictionary<string, object?>? members) => Rest = members ?? new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What was not taken.</summary>
    public Dictionary<string, object?> Rest { get; }

    /// <summary>A value as text where it is one: numbers and booleans are read, objects and arrays are not.</summary>
    public static string? Text(object? value) => value switch
    {
        string text => text.Trim().Length == 0 ? null : text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The first of these members that is text, or holds an object that says it.</summary>
    public string? TakeText(params string[] names)
    {
        foreach (string name in names)
        {
            Rest.TryGetValue(name, out object? value);
            if (Text(value) is string text)
            {
                Rest.Remove(name);
                return text;
            }

            // The object stays with the rest: it may say more.
            if (value is Dictionary<string, object?> inner
                && new JsonMembers(new(inner)).TakeText("message", "msg", "detail") is string said)
            {
                return said;
            }
        }

        return null;
    }

    /// <summary>A member that is a link to follow; another stays with the rest.</summary>
    public string? TakeLink(string name)
    {
        bool link = Rest.TryGetValue(name, out object? value)
            && value is string text
            && text.TrimStart().StartsWith("http", StringComparison.OrdinalIgnoreCase);
        return link ? TakeText(name) : null;
    }

    /// <summary>The first of these members that names wrong fields, as fields.</summary>
    public FieldError[] TakeFields(params string[] names)
    {
        foreach (string name in names)
        {
            Rest.TryGetValue(name, out object? value);
            FieldError[] fields = FieldErrors.Read(value);
            if (fields.Length > 0)
            {
                Rest.Remove(name);
                return fields;
            }
        }

        return [];
    }

    /// <summary>Removes a member that says only what the status says too.</summary>
    public void DropStatus(string name, int status)
    {
        if (Rest.TryGetValue(name, out object? value) && Text(value) == status.ToString(CultureInfo.InvariantCulture))
        {
            Rest.Remove(name);
        }
    }
}
