using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>
/// The one table of what an answer means. Everything that depends on a status asks it: retries, the breaker, ErrorRecords, the catalog,
/// the poller and bulk runs. For each system the first row of a status is its default, and rows with an endpoint come before those without.
/// </summary>
internal static class StatusTable
{
    // Statuses of a system whose documentation does not name them.
    private const string Others = "*";

    private static readonly ApiEndpoint[] s_uploads = [ApiEndpoint.UploadUrl, ApiEndpoint.UploadDirect];
    private static readonly ApiEndpoint[] s_results = [ApiEndpoint.AssetIssues, ApiEndpoint.AssetTopics];

    private static readonly StatusRule[] s_rules =
    [
        .. Of(
            ErrorSystem.MediaMagic,
            new Row(400, ErrorCode.BadRequest, "InvalidArgument", Concern.Request),
            new Row(401, ErrorCode.Unauthorized, "AuthenticationError", Concern.Account),
            new Row(401, ErrorCode.MissingApiKey, "AuthenticationError", Concern.Account),
            new Row(401, ErrorCode.InvalidApiKey, "AuthenticationError", Concern.Account),
            new Row(401, ErrorCode.ApiKeyExpired, "AuthenticationError", Concern.Account),
            new Row(401, ErrorCode.ApiKeyRevoked, "AuthenticationError", Concern.Account),
            new Row(402, ErrorCode.PlanNotAuthorized, "NotEnabled", Concern.Account),
            new Row(403, ErrorCode.InvalidBlobPath, "PermissionDenied", Concern.File) { At = s_uploads },
            new Row(403, ErrorCode.Forbidden, "PermissionDenied", Concern.Account),
            new Row(403, ErrorCode.InvalidBlobPath, "PermissionDenied", Concern.Account),
            new Row(403, ErrorCode.SandboxOnly, "PermissionDenied", Concern.Account),
            new Row(404, ErrorCode.NotFound, "ObjectNotFound", Concern.Request),
            new Row(404, ErrorCode.AssetNotFinished, "ObjectNotFound", Concern.Request),
            new Row(409, ErrorCode.Conflict, "InvalidOperation", Concern.Request),
            new Row(409, ErrorCode.AssetAlreadySubmitted, "ResourceExists", Concern.File),
            new Row(409, ErrorCode.AssetNotRetryable, "InvalidOperation", Concern.File),
            new Row(409, ErrorCode.RetryInProgress, "ResourceBusy", Concern.Service),
            new Row(413, ErrorCode.UploadTooLarge, "LimitsExceeded", Concern.File),
            new Row(415, ErrorCode.UnsupportedContentType, "InvalidType", Concern.File),
            new Row(422, ErrorCode.ValidationFailed, "InvalidData", Concern.File) { At = s_uploads },
            new Row(422, ErrorCode.ValidationFailed, "InvalidData", Concern.Request),
            new Row(429, ErrorCode.RateLimited, "QuotaExceeded", Concern.Service) { Repeat = Repeat.Any },
            new Row(500, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any, IsOutage = true },
            new Row(502, ErrorCode.ResultLoadFailed, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any, At = s_results },
            new Row(502, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any, IsOutage = true },
            new Row(502, ErrorCode.ResultLoadFailed, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(503, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Read, IsOutage = true },
            new Row(504, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Read, IsOutage = true },
            new Row(4, ErrorCode.RequestRejected, "InvalidOperation", Concern.Service),
            new Row(5, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { IsOutage = true },
            new Row(0, ErrorCode.InvalidResponse, "ProtocolError", Concern.Service),

            // Errors that no answer reports.
            new Row(0, ErrorCode.ConnectionFailed, "ConnectionError", Concern.Service) { Repeat = Repeat.Any },
            new Row(0, ErrorCode.TlsFailed, "SecurityError", Concern.Service),
            new Row(0, ErrorCode.Timeout, "OperationTimeout", Concern.Service) { Repeat = Repeat.Any },
            new Row(0, ErrorCode.CircuitOpen, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(0, ErrorCode.SubmissionOutcomeUnknown, "InvalidResult", Concern.Service),
            new Row(0, ErrorCode.NotConnected, "ConnectionError", Concern.Account),
            new Row(0, ErrorCode.FileInvalid, "InvalidData", Concern.File),
            new Row(0, ErrorCode.FileNotFound, "ObjectNotFound", Concern.File),
            new Row(0, ErrorCode.FileChanged, "InvalidData", Concern.File),
            new Row(0, ErrorCode.BlobPathCollision, "InvalidOperation", Concern.File),
            new Row(0, ErrorCode.SubmissionFailed, "InvalidResult", Concern.File),
            new Row(0, ErrorCode.WaitTimeout, "OperationTimeout", Concern.Service),
            new Row(0, ErrorCode.InvalidPrefix, "InvalidArgument", Concern.Request),
            new Row(0, ErrorCode.PortInUse, "ResourceBusy", Concern.Request),
            new Row(0, ErrorCode.ListenDenied, "PermissionDenied", Concern.Request),
            new Row(0, ErrorCode.SecretRequired, "InvalidArgument", Concern.Request),
            new Row(0, ErrorCode.ReportNotWritten, "WriteError", Concern.Request),
            new Row(0, ErrorCode.LogNotWritten, "WriteError", Concern.Request),
            new Row(0, ErrorCode.LedgerInvalid, "InvalidArgument", Concern.Request),
            new Row(0, ErrorCode.LedgerNotFound, "ObjectNotFound", Concern.Request),
            new Row(0, ErrorCode.LedgerUnavailable, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(0, ErrorCode.LedgerDamaged, "InvalidData", Concern.Request),
            new Row(0, ErrorCode.LedgerFull, "LimitsExceeded", Concern.Request),
            new Row(0, ErrorCode.LedgerTooNew, "InvalidOperation", Concern.Request),
            new Row(0, ErrorCode.LedgerNotSupported, "NotImplemented", Concern.Request),
            new Row(0, ErrorCode.Unknown, "NotSpecified", Concern.Service)),
        .. Of(
            ErrorSystem.Reten,
            new Row(400, "BadRequest", "InvalidArgument", Concern.Request),
            new Row(401, "Unauthorized", "AuthenticationError", Concern.Account),
            new Row(403, "Forbidden", "PermissionDenied", Concern.Account),
            new Row(404, "NotFound", "ObjectNotFound", Concern.Request),
            new Row(409, "Conflict", "InvalidOperation", Concern.Request),
            new Row(5, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any }),
        .. Of(
            ErrorSystem.Erynoa,
            new Row(400, "invalid_request", "InvalidArgument", Concern.Request),
            new Row(400, "invalid_parameter", "InvalidArgument", Concern.Request),
            new Row(401, "missing_api_key", "AuthenticationError", Concern.Account),
            new Row(401, "invalid_api_key", "AuthenticationError", Concern.Account),
            new Row(401, "api_key_revoked", "AuthenticationError", Concern.Account),
            new Row(401, "api_key_expired", "AuthenticationError", Concern.Account),
            new Row(403, "insufficient_scope", "PermissionDenied", Concern.Account),
            new Row(403, "ip_not_allowed", "PermissionDenied", Concern.Account),
            new Row(404, "resource_not_found", "ObjectNotFound", Concern.Request),
            new Row(409, "resource_already_exists", "ResourceExists", Concern.Request),
            new Row(409, "resource_conflict", "InvalidOperation", Concern.Request),
            new Row(422, "validation_error", "InvalidData", Concern.Request),
            new Row(422, "missing_required_field", "InvalidData", Concern.Request),
            new Row(429, "rate_limit_exceeded", "QuotaExceeded", Concern.Service) { Repeat = Repeat.Any },
            new Row(500, "internal_error", "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(503, "service_unavailable", "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any }),
        .. Of(
            ErrorSystem.AzureBlob,
            new Row(400, "Md5Mismatch", "InvalidData", Concern.Service),
            new Row(400, "Crc64Mismatch", "InvalidData", Concern.Service),
            new Row(400, "InvalidBlockList", "InvalidData", Concern.Service),
            new Row(403, "AuthenticationFailed", "PermissionDenied", Concern.Service),
            new Row(403, "AuthorizationFailure", "PermissionDenied", Concern.Service),
            new Row(403, "AuthorizationPermissionMismatch", "PermissionDenied", Concern.Service),
            new Row(404, "ContainerNotFound", "ObjectNotFound", Concern.Service),
            new Row(404, "BlobNotFound", "ObjectNotFound", Concern.Service),
            new Row(408, "RequestTimeout", "OperationTimeout", Concern.Service) { Repeat = Repeat.Any },
            new Row(409, "BlobImmutableDueToPolicy", "InvalidOperation", Concern.File),
            new Row(413, "RequestBodyTooLarge", "LimitsExceeded", Concern.File),
            new Row(429, ErrorCode.RateLimited, "QuotaExceeded", Concern.Service) { Repeat = Repeat.Any },
            new Row(500, "InternalError", "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(500, "OperationTimedOut", "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(500, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(502, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(503, "ServerBusy", "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(504, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service) { Repeat = Repeat.Any },
            new Row(5, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service)),
        .. Of(
            Others,
            new Row(400, ErrorCode.BadRequest, "InvalidArgument", Concern.Service),
            new Row(401, ErrorCode.Unauthorized, "AuthenticationError", Concern.Service),
            new Row(402, ErrorCode.PlanNotAuthorized, "NotEnabled", Concern.Service),
            new Row(403, ErrorCode.Forbidden, "PermissionDenied", Concern.Service),
            new Row(404, ErrorCode.NotFound, "ObjectNotFound", Concern.Service),
            new Row(408, ErrorCode.RequestRejected, "OperationTimeout", Concern.Service),
            new Row(409, ErrorCode.Conflict, "InvalidOperation", Concern.Service),
            new Row(413, ErrorCode.UploadTooLarge, "LimitsExceeded", Concern.Service),
            new Row(415, ErrorCode.UnsupportedContentType, "InvalidType", Concern.Service),
            new Row(422, ErrorCode.ValidationFailed, "InvalidData", Concern.Service),
            new Row(429, ErrorCode.RateLimited, "QuotaExceeded", Concern.Service),
            new Row(4, ErrorCode.RequestRejected, "InvalidOperation", Concern.Service),
            new Row(5, ErrorCode.ServerError, "ResourceUnavailable", Concern.Service),
            new Row(0, ErrorCode.InvalidResponse, "ProtocolError", Concern.Service)),
    ];

    /// <summary>Gets every row, in the order of the table.</summary>
    public static IReadOnlyList<StatusRule> Rules => s_rules;

    /// <summary>Returns the row for an error, or the row for its status when the code is unknown.</summary>
    public static StatusRule Find(string system, int? status, string? code, ApiEndpoint endpoint = ApiEndpoint.Other)
    {
        // The advice and the retry rules of the API also apply to a gateway that answers in its place.
        string known = IsOwn(system) ? system : ErrorSystem.MediaMagic;
        int number = status ?? 0;
        int family = number >= 500 ? 5 : number >= 400 ? 4 : 0;
        StatusRule? coded = code is null
            ? null
            : First(known, number, code, endpoint) ?? First(known, family, code, endpoint) ?? First(known, null, code, endpoint);
        return coded
            ?? First(known, number, null, endpoint)
            ?? First(known, family, null, endpoint)
            ?? First(Others, number, null, endpoint)
            ?? First(Others, family, null, endpoint)!;
    }

    /// <summary>Returns what an error is about. An answer in a foreign shape says nothing about the file or the request.</summary>
    public static Concern ConcernOf(string system, StatusRule rule) =>
        system is ErrorSystem.MediaMagic or ErrorSystem.AzureBlob ? rule.Concern : Concern.Service;

    /// <summary>Returns the code for a status of a system that reports no code of its own.</summary>
    public static string CodeOf(string system, int status)
    {
        string[] codes = [.. s_rules.Where(rule => rule.System == system && rule.Status == status).Select(static rule => rule.Code).Distinct().Take(2)];
        return codes.Length == 1 ? codes[0] : Find(ErrorSystem.MediaMagic, status, null).Code;
    }

    // A row of the endpoint comes before one of all endpoints. Every answer is looked up twice, so the search allocates nothing.
    private static StatusRule? First(string system, int? status, string? code, ApiEndpoint endpoint)
    {
        StatusRule? general = null;
        foreach (StatusRule rule in s_rules)
        {
            if ((status is not int number || rule.Status == number) && rule.System == system && (code is null || Same(rule.Code, code)))
            {
                if (Array.IndexOf(rule.Endpoints, endpoint) >= 0)
                {
                    return rule;
                }

                general ??= rule.Endpoints.Length == 0 ? rule : null;
            }
        }

        return general;
    }

    private static bool IsOwn(string system) => system is ErrorSystem.MediaMagic or ErrorSystem.Reten or ErrorSystem.Erynoa or ErrorSystem.AzureBlob;

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<StatusRule> Of(string system, params Row[] rows) =>
        rows.Select(row => new StatusRule(system, row.Status, row.Code, row.Category, row.Concern) { Repeat = row.Repeat, IsOutage = row.IsOutage, Endpoints = row.At });

    private sealed record Row(int Status, string Code, string Category, Concern Concern)
    {
        public Repeat Repeat { get; init; }

        public bool IsOutage { get; init; }

        public ApiEndpoint[] At { get; init; } = [];
    }
}
