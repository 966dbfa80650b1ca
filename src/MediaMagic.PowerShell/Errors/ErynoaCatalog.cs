using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The Erynoa API's errors, in its documentation's words.</summary>
internal static class ErynoaCatalog
{
    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorText> Texts() =>
    [
        Row("missing_api_key", 401, "no Authorization header", "add Authorization: Bearer YOUR_KEY"),
        Row("invalid_api_key", 401, "key unknown or malformed", "check the key in the dashboard"),
        Row("api_key_revoked", 401, "key was revoked", "generate a new key"),
        Row("api_key_expired", 401, "key is past its expiry", "generate a new key"),
        Row("insufficient_scope", 403, "key lacks the permission", "create a key with the right scope"),
        Row("ip_not_allowed", 403, "caller's address is not on the key's allowlist",
            "change the allowlist or call from an allowed address"),
        Row("invalid_request", 400, "malformed or unparseable",
            "check the body's format and Content-Type"),
        Row("validation_error", 422, "one or more fields failed", "read details"),
        Row("invalid_parameter", 400, "a query parameter has an invalid value",
            "check the parameter's documentation"),
        Row("missing_required_field", 422, "a required field is absent", "add the field"),
        Row("resource_not_found", 404, "no such resource", "check the id"),
        Row("resource_already_exists", 409, "the identifier is taken", "use another, or fetch the existing resource"),
        Row("resource_conflict", 409, "conflicts with the current state", "check the resource's status, then retry"),
        Row("rate_limit_exceeded", 429, "too many requests in the window",
            "wait Retry-After seconds, then back off"),
        Row("internal_error", 500, "unexpected server error",
            "retry after a short delay; contact support if it persists"),
        Row("service_unavailable", 503, "temporarily unavailable",
            "check the status page; retry with exponential backoff"),
    ];

    private static ErrorText Row(string code, int status, string meaning, string action) => new(ErrorSystem.Erynoa, status, code, meaning, action);
}
