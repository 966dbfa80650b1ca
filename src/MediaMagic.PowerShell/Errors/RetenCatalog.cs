using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The Reten integration API's errors, in its documentation's words.</summary>
internal static class RetenCatalog
{
    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorText> Texts() =>
    [
        Row(400, "BadRequest", "validation error in the body",
            "check the body against the documented format: types, required fields "
            + "(commerce_external_id, occurred_at, status, task_result.result), a valid result code, "
            + "future_scheduled_at where the result type needs it, ISO 8601 dates"),
        Row(401, "Unauthorized", "key missing, revoked, expired or malformed (spaces, extra characters)",
            "check that x-api-key is present and that the key is not revoked"),
        Row(403, "Forbidden", "the key lacks the permission",
            "give the key VIEW_ACTIVITIES for queries, SUBMIT_ACTIVITY_RESULT for submitting results; "
            + "a key can have only what its creator has: ask the tenant's administrator"),
        Row(404, "NotFound", "no such resource in the tenant",
            "check activity_id (it wins over provider_activity_id), commerce_external_id or the other identifier"),
        Row(409, "Conflict", "the activity already has a result; elsewhere a duplicate (idempotency key, unique value)",
            "a result: send again with hard_override: true if it must be overwritten; a duplicate: read what exists, do not override"),
    ];

    private static ErrorText Row(int status, string code, string meaning, string action) => new(ErrorSystem.Reten, status, code, meaning, action);
}
