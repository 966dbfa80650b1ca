using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The errors of blob storage that an upload to a presigned URL can meet.</summary>
internal static class AzureBlobCatalog
{
    /// <summary>The code of a refused or expired signature.</summary>
    public const string AuthenticationFailed = "AuthenticationFailed";

    private const string NewUrl = "Ask for a new upload URL (New-MMUploadUrl) and send the file again; Send-MMFile does both.";
    private const string Damaged = "The bytes that arrived are not those that were sent.";
    private const string SendAgain = "Send the file again: Send-MMFile.";

    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorText> Texts() =>
    [
        Row(400, "Crc64Mismatch", Damaged, SendAgain),
        Row(400, "Md5Mismatch", Damaged, SendAgain),
        Row(400, "InvalidBlockList", "A block of the upload is missing in storage.", SendAgain),
        Row(403, AuthenticationFailed, "The upload URL's signature has expired or does not fit.", NewUrl),
        Row(403, "AuthorizationFailure", "Storage does not let this caller in.",
            NewUrl + " If that does not help, the storage account may be closed to your network."),
        Row(403, "AuthorizationPermissionMismatch", "The upload URL does not allow this operation.", NewUrl),
        Row(404, "ContainerNotFound", "The container of the upload URL is gone.", NewUrl),
        Row(404, "BlobNotFound", "The blob is gone.", SendAgain),
        Row(408, "RequestTimeout", "The bytes arrived too slowly.", SendAgain),
        Row(409, "BlobImmutableDueToPolicy", "The blob may not be overwritten.",
            "Send the file under another name: Send-MMFile -FileName <name>."),
        Row(413, "RequestBodyTooLarge", "One request carried more than storage takes.",
            "Let Send-MMFile choose the block size: leave -BlockSizeBytes out."),
        Row(500, "InternalError", "Storage failed.", SendAgain),
        Row(500, "OperationTimedOut", "Storage did not finish in time.", SendAgain),
        Row(503, "ServerBusy", "Storage is busy.", "Wait a moment and send the file again: Send-MMFile."),
    ];

    private static ErrorText Row(int status, string code, string meaning, string action) => new(ErrorSystem.AzureBlob, status, code, meaning, action);
}
