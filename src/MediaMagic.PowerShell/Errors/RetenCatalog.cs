using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The Reten integration API's errors, in its documentation's words.</summary>
internal static class RetenCatalog
{
    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorCatalogEntry> Entries() =>
    [
        Row(400, "BadRequest", "InvalidArgument", "validation error in the body",
            "check the body against the documented format: types, required fields "
            + "(commerce_external_id, occurred_at, status, task_result.result), a valid result code, "
            + "future_scheduled_at where the result type needs it, ISO 8601 dates"),
        Row(401, "Unauthorized", "AuthenticationError", "key missing, revoked, expired or malformed",
            "check that x-api-key is present and that the key is not revoked"),
        Row(403, "Forbidden", "PermissionDenied", "the key lacks the permission",
            "give the key VIEW_ACTIVITIES for queries, SUBMIT_ACTIVITY_RESULT for submitting results"),
        Row(404, "NotFound", "ObjectNotFound", "no such resource in the tenant",
            "check activity_id, commerce_external_id or the other identifier"),
        Row(409, "Conflict", "InvalidOperation", "the activity already has a result",
            "send again with hard_override: true if it must be overwritten"),
    ];

    private static ErrorCatalogEntry Row(int status, string code, string category, string meaning, string action) =>
        ErrorCatalogEntry.Of(ErrorSystem.Reten, status, code, category, meaning, action, retryable: false);
}
