using System;
using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The four shapes of the MediaMagic API: domain, validation, rate limit and plan gate.</summary>
internal static class MediaMagicErrors
{
    private static readonly string[] s_envelopes = ["detail", "error"];

    /// <summary>Whether the body has one of the shapes.</summary>
    public static bool Matches(ErrorAnswer answer) =>
        answer.Has("detail") || answer.Has("docs_url") || answer.Has("error_code") || answer.Has("fields")
        || answer.Get("error") is string
        || (answer.Get("error") is Dictionary<string, object?> inner && inner.ContainsKey("fields"));

    /// <summary>Returns whether the shape goes with the status. Only with 422 and 429 is the text named "error"; gateways use that name with any status.</summary>
    public static bool IsShapeOfStatus(ErrorAnswer answer) =>
        answer.Get("error") is not string || answer.Status is 422 or 429
        || answer.Has("detail") || answer.Has("docs_url") || answer.Has("error_code") || answer.Has("fields");

    /// <summary>Reads the body.</summary>
    public static ErrorFacts Read(ErrorAnswer answer)
    {
        JsonMembers members = new(answer.Json);
        FieldError[] fields = ReadFields(members);
        string? text = members.TakeText("detail", "message", "error", "title") ?? FieldErrors.Summary(fields);
        return new ErrorFacts
        {
            System = ErrorSystem.MediaMagic,
            Code = CodeRules.Decide(answer.Status, answer.Context, text),
            Detail = text,
            Message = text ?? string.Empty,
            Fields = fields,
            DocsUrl = members.TakeLink("docs_url"),
            RequestId = members.TakeText("request_id"),
            Bucket = members.TakeText("bucket"),
            AdditionalProperties = members.Rest,
        };
    }

    // The envelope around the fields is not documented, so they are looked for at the top and one level down.
    private static FieldError[] ReadFields(JsonMembers members)
    {
        FieldError[] fields = members.TakeFields("fields", "errors");
        if (fields.Length > 0)
        {
            return fields;
        }

        foreach (string envelope in s_envelopes)
        {
            if (members.Rest.TryGetValue(envelope, out object? value) && value is Dictionary<string, object?> inner)
            {
                fields = new JsonMembers(new(inner)).TakeFields("fields", "errors");
                if (fields.Length > 0)
                {
                    return fields;
                }
            }
        }

        members.Rest.TryGetValue("detail", out object? detail);
        return detail is Array ? members.TakeFields("detail") : [];
    }
}
