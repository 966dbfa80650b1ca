using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The errors of blob storage that an upload to a presigned URL can meet.</summary>
internal static class AzureBlobCatalog
{
    /// <summary>The code of a refused or expired signature.</summary>
    public const string AuthenticationFailed = "AuthenticationFailed";

    private const string NewUrl = "Ask for a new upload URL (New-MMUploadUrl) and send the file again; Send-MMFile does both.";
    private const string SendAgain = "Send the file again: Send-MMFile.";

    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorCatalogEntry> Entries() =>
    [
        Row(400, "Md5Mismatch", "InvalidData", "The bytes that arrived are not those that were sent.", SendAgain),
        Row(400, "InvalidBlockList", "InvalidData", "A block of the upload is missing in storage.", SendAgain),
        Row(403, AuthenticationFailed, "PermissionDenied", "The upload URL's signature has expired or does not fit.", NewUrl),
        Row(403, "AuthorizationFailure", "PermissionDenied", "Storage does not let this caller in.",
            NewUrl + " If that does not help, the storage account may be closed to your network."),
        Row(403, "AuthorizationPermissionMismatch", "PermissionDenied", "The upload URL does not allow this operation.", NewUrl),
        Row(404, "ContainerNotFound", "ObjectNotFound", "The container of the upload URL is gone.", NewUrl),
        Row(404, "BlobNotFound", "ObjectNotFound", "The blob is gone.", SendAgain),
        Row(408, "RequestTimeout", "OperationTimeout", "The bytes arrived too slowly.", SendAgain, true),
        Row(409, "BlobImmutableDueToPolicy", "InvalidOperation", "The blob may not be overwritten.",
            "Send the file under another name: Send-MMFile -FileName <name>."),
        Row(413, "RequestBodyTooLarge", "LimitsExceeded", "One request carried more than storage takes.",
            "Let Send-MMFile choose the block size: leave -BlockSizeBytes out."),
        Row(500, "InternalError", "ResourceUnavailable", "Storage failed.", SendAgain, true),
        Row(500, "OperationTimedOut", "ResourceUnavailable", "Storage did not finish in time.", SendAgain, true),
        Row(503, "ServerBusy", "ResourceUnavailable", "Storage is busy.", "Wait a moment and send the file again: Send-MMFile.", true),
    ];

    private static ErrorCatalogEntry Row(int status, string code, string category, string meaning, string action, bool retryable = false) =>
        ErrorCatalogEntry.Of(ErrorSystem.AzureBlob, status, code, category, meaning, action, retryable);
}
