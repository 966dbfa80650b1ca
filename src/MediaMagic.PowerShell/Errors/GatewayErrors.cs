namespace MediaMagic.Errors;

/// <summary>Whatever else answers: a gateway's JSON, a page, plain text or nothing. The status alone decides what it means.</summary>
internal static class GatewayErrors
{
    /// <summary>Reads what there is.</summary>
    public static ErrorFacts Read(ErrorAnswer answer)
    {
        JsonMembers members = new(answer.Json);
        members.DropStatus("statusCode", answer.Status);
        members.DropStatus("status", answer.Status);
        FieldError[] fields = members.TakeFields("message", "errors");
        string? text = members.TakeText("message", "Message", "error", "title") ?? FieldErrors.Summary(fields);
        return new ErrorFacts
        {
            System = ErrorSystem.Unknown,
            Code = CodeRules.Decide(answer.Status, answer.Context, null),
            Detail = text,
            Message = text ?? string.Empty,
            Fields = fields,
            AdditionalProperties = members.Rest,
        };
    }
}
