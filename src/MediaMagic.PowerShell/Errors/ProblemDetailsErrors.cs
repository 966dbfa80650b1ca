using System;

namespace MediaMagic.Errors;

/// <summary>Problem details as in RFC 9457, from whatever framework or gateway.</summary>
internal static class ProblemDetailsErrors
{
    /// <summary>Whether the body says that it is one, or has the members that only these have together.</summary>
    public static bool Matches(ErrorAnswer answer)
    {
        if (answer.Json is null)
        {
            return false;
        }

        bool declared = answer.Headers.ContentType?.Contains("problem+json", StringComparison.OrdinalIgnoreCase) == true;
        bool title = answer.Get("title") is string;
        return declared || (title && (answer.Has("type") || answer.Has("status") || answer.Has("instance")));
    }

    /// <summary>Reads the body.</summary>
    public static ErrorFacts Read(ErrorAnswer answer)
    {
        JsonMembers members = new(answer.Json);
        members.DropStatus("status", answer.Status);
        FieldError[] fields = members.TakeFields("errors", "invalid-params", "invalid_params");
        string? title = members.TakeText("title");
        string? text = members.TakeText("detail") ?? title ?? FieldErrors.Summary(fields);
        if (title is not null && title != text)
        {
            members.Rest["title"] = title;
        }

        return new ErrorFacts
        {
            System = ErrorSystem.ProblemDetails,
            Code = CodeRules.Decide(answer.Status, answer.Context, text),
            Detail = text,
            Message = text ?? string.Empty,
            Fields = fields,
            DocsUrl = members.TakeLink("type"),
            RequestId = members.TakeText("traceId", "requestId", "request_id"),
            AdditionalProperties = members.Rest,
        };
    }
}
