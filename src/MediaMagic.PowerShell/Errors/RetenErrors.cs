namespace MediaMagic.Errors;

/// <summary>The Reten integration API: statusCode, error and a message that may be several.</summary>
internal static class RetenErrors
{
    /// <summary>Whether the body has the shape.</summary>
    public static bool Matches(ErrorAnswer answer) => answer.Has("statusCode") && answer.Get("error") is string;

    /// <summary>Reads the body.</summary>
    public static ApiError Read(ErrorAnswer answer)
    {
        JsonMembers members = new(answer.Json);
        members.DropStatus("statusCode", answer.Status);
        FieldError[] fields = members.TakeFields("message", "errors");
        string? text = members.TakeText("message", "detail") ?? FieldErrors.Summary(fields);
        string? word = members.TakeText("error");
        return new ApiError
        {
            System = ErrorSystem.Reten,
            Code = CodeRules.Word(word) ?? CodeRules.Default(ErrorSystem.Reten, answer.Status),
            Detail = text,
            Message = text ?? string.Empty,
            Fields = fields,
            RequestId = members.TakeText("request_id", "requestId"),
            Retryable = answer.Status >= 500,
            AdditionalProperties = members.Rest,
        };
    }
}
