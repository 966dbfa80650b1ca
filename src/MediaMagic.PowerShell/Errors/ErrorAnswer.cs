using System;
using System.Collections.Generic;
using System.Text.Json;

namespace MediaMagic.Errors;

/// <summary>An answer, opened as far as it can be.</summary>
internal sealed class ErrorAnswer
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 128 };

    /// <summary>Opens the answer; a body that is no JSON object leaves <see cref="Json"/> null.</summary>
    public ErrorAnswer(int status, ErrorHeaders headers, string text, bool cut, ErrorContext context)
    {
        Status = status;
        Headers = headers;
        Text = text;
        Context = context;
        object? plain = Parse(text);
        if (plain is null && cut && text.TrimStart().StartsWith('{'))
        {
            foreach (string closed in CutJson.Closings(text))
            {
                plain ??= Parse(closed);
            }
        }

        Json = plain as Dictionary<string, object?>;
        JsonText = plain as string;
        IsEmpty = Json?.Count == 0 || text.Trim().Length == 0;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The headers.</summary>
    public ErrorHeaders Headers { get; }

    /// <summary>The body's text.</summary>
    public string Text { get; }

    /// <summary>The members of the body, if it is a JSON object.</summary>
    public Dictionary<string, object?>? Json { get; }

    /// <summary>The body's text, if it is a JSON string.</summary>
    public string? JsonText { get; }

    /// <summary>Whether there is nothing to be read at all.</summary>
    public bool IsEmpty { get; }

    /// <summary>What the caller knows.</summary>
    public ErrorContext Context { get; }

    /// <summary>Whether the body has the member.</summary>
    public bool Has(string member) => Json?.ContainsKey(member) == true;

    /// <summary>The member of the body, or null.</summary>
    public object? Get(string member) => Json is not null && Json.TryGetValue(member, out object? value) ? value : null;

    // Broken text, broken JSON and JSON too deep to read all mean the same here: nothing to be read.
    private static object? Parse(string text)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith('{') && !trimmed.StartsWith('"'))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(trimmed, s_options);
            return PlainJson.ToPlain(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
