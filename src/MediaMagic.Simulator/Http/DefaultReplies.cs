namespace MediaMagic.Simulator;

/// <summary>The documented body of each error status.</summary>
internal static class DefaultReplies
{
    public static Reply RateLimited(string? bucket) => Reply.Json(429, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", Buckets.LimitMessage(bucket ?? string.Empty));
        json.WriteEndObject();
    });

    public static Reply PlanGate(string? bucket) => Reply.Json(402, json =>
    {
        json.WriteStartObject();
        json.WriteString("error_code", "tier_not_authorized_for_integrations_api");
        json.WriteString("message", "Your plan does not include access to the Integrations API.");
        json.WriteString("bucket", bucket ?? Buckets.SubmissionRead);
        json.WriteEndObject();
    });

    public static Reply Of(int status, string? bucket) => status switch
    {
        402 => PlanGate(bucket),
        422 => FieldProblems.One("body", "Invalid value").Reply,
        429 => RateLimited(bucket),
        < 400 => new Reply(status),
        _ => Reply.Detail(status, status switch
        {
            400 => "Bad request",
            401 => "Invalid API key",
            403 => "Forbidden",
            404 => "Not Found",
            409 => "Asset already submitted",
            413 => "File too large; use the presigned upload URL",
            415 => "Unsupported content type",
            500 => "Internal server error",
            502 => "Failed to load results from storage",
            503 => "Service unavailable",
            504 => "Gateway timeout",
            _ => "Error",
        }),
    };
}
