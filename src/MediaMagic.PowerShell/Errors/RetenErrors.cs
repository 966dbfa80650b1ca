namespace MediaMagic.Errors;

/// <summary>The Reten integration API: statusCode, error and a message that may be several.</summary>
internal static class RetenErrors
{
    /// <summary>Whether the body has the shape.</summary>
    public static bool Matches(ErrorAnswer answer) => answer.Has("statusCode") && answer.Get("error") is string;

    /// <summary>Reads the body.</summary>
    public static ErrorFacts Read(ErrorAnswer answer)
    {
        JsonMembers members = new(answer.Json);
        members.DropStatus("statusCode", answer.Status);
        FieldError[] fields = members.TakeFields("message", "errors");
        string? text = members.TakeText("message", "detail") ?? FieldErrors.Summary(fields);
        string? word = members.TakeText("error");
        return new ErrorFacts
        {
            System = ErrorSystem.Reten,
            Code = CodeRules.Word(word) ?? StatusTable.CodeOf(ErrorSystem.Reten, answer.Status),
            Detail = text,
            Message = text ?? string.Empty,
            Fields = fields,
            RequestId = members.TakeText("request_id", "requestId"),
            AdditionalProperties = members.Rest,
        };
    }
}
