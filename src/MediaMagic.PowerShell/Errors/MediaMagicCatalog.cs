using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The MediaMagic API's errors that come with a status.</summary>
internal static class MediaMagicCatalog
{
    private const string Support = "If it persists, write to https://support.mediamagic.app with the status, the message and the time.";
    private const string Retry = "Try again in a moment; the module repeats such a request by itself before it says so. " + Support;

    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorText> Texts() =>
    [
        Row(400, ErrorCode.BadRequest, "The request is not valid for this key or workspace.",
            "Read the detail. -SimulationDelaySeconds needs a sandbox key; a webhook subscription needs a destination (-EndpointUrl)."),
        Row(401, ErrorCode.MissingApiKey, "The request carried no API key.",
            "Connect first: Connect-MMService, or set MEDIAMAGIC_API_KEY. If you are connected, a proxy may remove the X-API-Key header."),
        Row(401, ErrorCode.InvalidApiKey, "The API key is not known.",
            "Copy the key again from the MediaMagic settings and run Connect-MMService -Validate."),
        Row(401, ErrorCode.ApiKeyExpired, "The API key has expired.",
            "Create a new key in the MediaMagic settings and run Connect-MMService with it."),
        Row(401, ErrorCode.ApiKeyRevoked, "The API key has been revoked.",
            "Ask who revoked it, create a new key in the MediaMagic settings and run Connect-MMService with it."),
        Row(401, ErrorCode.Unauthorized, "The API key was not accepted.",
            "Check the key with Test-MMConnection; connect with another one by Connect-MMService."),
        Row(402, ErrorCode.PlanNotAuthorized, "The workspace's plan does not include the Integrations API.",
            "Ask the workspace's owner to change the plan, or connect with a key of another workspace."),
        Row(403, ErrorCode.InvalidBlobPath, "The blob path or file name is not allowed for this workspace.",
            "Use a BlobPath that Send-MMFile or New-MMUploadUrl returned with the same key; choose a plain file name with -FileName."),
        Row(403, ErrorCode.SandboxOnly, "This works only with a sandbox key.",
            "Connect with a key that starts with sk_test_: Connect-MMService -Name sandbox."),
        Row(403, ErrorCode.Forbidden, "The key may not do this.",
            "Check that the id belongs to the key's workspace; see Get-MMSession for the key in use."),
        Row(404, ErrorCode.NotFound, "There is nothing under this id in the key's workspace.",
            "Check the id, and with Get-MMSession that the key belongs to the workspace and environment that made it."),
        Row(404, ErrorCode.AssetNotFinished, "The asset has not finished, so that it has no issues and topics yet.",
            "Wait for it: Wait-MMSubmission -SubmissionId <id>, then ask again."),
        Row(409, ErrorCode.AssetAlreadySubmitted, "The asset was submitted before.",
            "Find the earlier submission in your records or with Get-MMLedger and read it with Get-MMSubmission; "
            + "a new version of it is submitted with -PreviousSubmissionId."),
        Row(409, ErrorCode.AssetNotRetryable,
            "The asset cannot be retried: it has not failed, its error is final, or its attempts are used up.",
            "Look at it with Get-MMFailedAsset -SubmissionId <id> -Retryable; a corrected file needs a new submission (Submit-MMFile)."),
        Row(409, ErrorCode.RetryInProgress, "A retry of the asset is already in progress.",
            "Wait for it: Wait-MMSubmission -SubmissionId <id>."),
        Row(409, ErrorCode.Conflict, "The request conflicts with the resource's state.",
            "Read the detail and look at the state with Get-MMSubmission before trying again."),
        Row(413, ErrorCode.UploadTooLarge, "The file is larger than this way of uploading or its category allows.",
            "Check it with Test-MMFile; above 10 MB upload with Send-MMFile -Method Presigned (Auto chooses by itself)."),
        Row(415, ErrorCode.UnsupportedContentType, "The content type is not allowed, or the file's bytes do not match it.",
            "Check the file with Test-MMFile, which shows the detected type; correct the file or give the right -ContentType."),
        Row(422, ErrorCode.ValidationFailed, "One or more fields were found wrong.",
            "Read the fields: (Get-MMError).Fields."),
        Row(429, ErrorCode.RateLimited, "There were too many requests of this kind.",
            "Wait as long as RetryAfter says, then go on; lower -ThrottleLimit if it happens often."),
        Row(500, ErrorCode.ServerError, "The service failed.", Retry),
        Row(502, ErrorCode.ResultLoadFailed, "The stored result could not be loaded.", Retry),
        Row(502, ErrorCode.ServerError, "The service failed behind its gateway.", Retry),
        Row(503, ErrorCode.ServerError, "The service is unavailable for the moment.",
            "Try again in a moment; reads were repeated already. Before repeating a change, look whether it was made. " + Support),
        Row(504, ErrorCode.ServerError, "The service did not answer its gateway in time.",
            "Before repeating a change, look whether it was made (Get-MMSubmission); reads can be repeated. " + Support),
    ];

    private static ErrorText Row(int status, string code, string meaning, string action) => new(ErrorSystem.MediaMagic, status, code, meaning, action);
}
