namespace MediaMagic;

/// <summary>The stable words for what went wrong; error ids are these behind "MediaMagic.".</summary>
public static class ErrorCode
{
#pragma warning disable CS1591 // Each says itself; docs and the error catalogue explain them.
    public const string BadRequest = "BadRequest";
    public const string MissingApiKey = "MissingApiKey";
    public const string InvalidApiKey = "InvalidApiKey";
    public const string ApiKeyExpired = "ApiKeyExpired";
    public const string ApiKeyRevoked = "ApiKeyRevoked";
    public const string Unauthorized = "Unauthorized";
    public const string PlanNotAuthorized = "PlanNotAuthorized";
    public const string InvalidBlobPath = "InvalidBlobPath";
    public const string SandboxOnly = "SandboxOnly";
    public const string Forbidden = "Forbidden";
    public const string NotFound = "NotFound";
    public const string AssetNotFinished = "AssetNotFinished";
    public const string AssetAlreadySubmitted = "AssetAlreadySubmitted";
    public const string AssetNotRetryable = "AssetNotRetryable";
    public const string RetryInProgress = "RetryInProgress";
    public const string Conflict = "Conflict";
    public const string UploadTooLarge = "UploadTooLarge";
    public const string UnsupportedContentType = "UnsupportedContentType";
    public const string ValidationFailed = "ValidationFailed";
    public const string RateLimited = "RateLimited";
    public const string RequestRejected = "RequestRejected";
    public const string ServerError = "ServerError";
    public const string ResultLoadFailed = "ResultLoadFailed";
    public const string ConnectionFailed = "ConnectionFailed";
    public const string TlsFailed = "TlsFailed";
    public const string Timeout = "Timeout";
    public const string CircuitOpen = "CircuitOpen";
    public const string SubmissionOutcomeUnknown = "SubmissionOutcomeUnknown";
    public const string InvalidResponse = "InvalidResponse";
    public const string NotConnected = "NotConnected";
    public const string FileInvalid = "FileInvalid";
    public const string FileNotFound = "FileNotFound";
    public const string FileChanged = "FileChanged";
    public const string BlobPathCollision = "BlobPathCollision";
    public const string SubmissionFailed = "SubmissionFailed";
    public const string WaitTimeout = "WaitTimeout";
    public const string InvalidPrefix = "InvalidPrefix";
    public const string PortInUse = "PortInUse";
    public const string ListenDenied = "ListenDenied";
    public const string SecretRequired = "SecretRequired";
    public const string ReportNotWritten = "ReportNotWritten";

    /// <summary>The log of requests cannot be written.</summary>
    public const string LogNotWritten = "LogNotWritten";
    public const string LedgerInvalid = "LedgerInvalid";
    public const string LedgerNotFound = "LedgerNotFound";
    public const string LedgerUnavailable = "LedgerUnavailable";
    public const string LedgerDamaged = "LedgerDamaged";
    public const string LedgerFull = "LedgerFull";
    public const string LedgerTooNew = "LedgerTooNew";
    public const string LedgerNotSupported = "LedgerNotSupported";
    public const string Unknown = "Unknown";
#pragma warning restore CS1591
}
