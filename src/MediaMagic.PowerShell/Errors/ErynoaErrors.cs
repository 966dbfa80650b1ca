using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The Erynoa API: everything inside an error object.</summary>
internal static class ErynoaErrors
{
    /// <summary>Whether the body has the shape.</summary>
    public static bool Matches(ErrorAnswer answer) =>
        answer.Get("error") is Dictionary<string, object?> error && (error.ContainsKey("code") || error.ContainsKey("message"));

    /// <summary>Reads the body.</summary>
    public static ErrorFacts Read(ErrorAnswer answer)
    {
        JsonMembers outer = new(answer.Json);
        JsonMembers members = outer;
        if (answer.Get("error") is Dictionary<string, object?> error)
        {
            outer.Rest.Remove("error");
            members = new(error);
        }

        members.DropStatus("status", answer.Status);
        FieldError[] fields = members.TakeFields("details", "fields");
        string? text = members.TakeText("message", "detail") ?? FieldErrors.Summary(fields);
        ErrorFacts read = new()
        {
            System = ErrorSystem.Erynoa,
            Code = CodeRules.Word(members.TakeText("code")) ?? StatusTable.CodeOf(ErrorSystem.Erynoa, answer.Status),
            Detail = text,
            Message = text ?? string.Empty,
            Fields = fields,
            DocsUrl = members.TakeLink("docs_url"),
            RequestId = members.TakeText("request_id"),
            AdditionalProperties = members.Rest,
        };
        foreach (KeyValuePair<string, object?> member in outer.Rest)
        {
            read.AdditionalProperties[member.Key] = member.Value;
        }

        return read;
    }
}
