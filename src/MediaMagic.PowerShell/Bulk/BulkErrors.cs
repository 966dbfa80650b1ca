using System;
using MediaMagic.Errors;

namespace MediaMagic.Bulk;

/// <summary>What a failure means for the file, and for the run.</summary>
internal static class BulkErrors
{
    /// <summary>Whether the next run should try the file again: not when the file or its name is at fault, for these stay as they are.</summary>
    public static bool IsWorthARun(ApiError error) => error.Code is not (
        ErrorCode.BadRequest or ErrorCode.InvalidBlobPath or ErrorCode.UploadTooLarge or ErrorCode.UnsupportedContentType
        or ErrorCode.ValidationFailed or ErrorCode.AssetAlreadySubmitted or ErrorCode.FileInvalid or ErrorCode.NotFound);

    /// <summary>Whether the service refused the request for what it is about, so that nothing of it happened.</summary>
    public static bool IsRefusal(ApiError error) =>
        error.StatusCode is 400 or 403 or 404 or 409 or 413 or 415 or 422 || error.Code == ErrorCode.AssetAlreadySubmitted;

    /// <summary>Whether every other file would meet the same.</summary>
    public static bool IsAboutTheSession(ApiError error) => error.StatusCode is 401 or 402 || error.Code == ErrorCode.NotConnected;

    /// <summary>Whether the create may have been accepted.</summary>
    public static bool IsUnclear(ApiError error) => error.OutcomeUnknown || error.Code == ErrorCode.SubmissionOutcomeUnknown;

    /// <summary>The failure as one of ours.</summary>
    public static MediaMagicException Known(Exception failure) =>
        failure as MediaMagicException ?? new MediaMagicException(LocalErrors.Make(ErrorCode.Unknown, failure.Message, null, null), failure);

    /// <summary>The failure of a file that may be submitted all the same.</summary>
    public static MediaMagicException Unknown(BulkFile file, MediaMagicException failure) => failure.Error.Code == ErrorCode.SubmissionOutcomeUnknown
        ? failure
        : new MediaMagicException(
            LocalErrors.SubmissionOutcomeUnknown([file.BlobPath!], $"it was sent before, no answer told of it, and the last attempt to settle that ended in {failure.Error.Code}"),
            failure);

    /// <summary>An error whose words are those that a ledger kept.</summary>
    public static MediaMagicException Kept(string error)
    {
        string[] words = error.Split(':', 2);
        string[] head = words[0].Split(' ');
        string code = head[head.Length - 1];
        bool known = words.Length == 2 && ErrorCatalog.Find(ErrorSystem.MediaMagic, code: code).Count > 0;
        ApiError kept = LocalErrors.Make(known ? code : ErrorCode.Unknown, known ? words[1].Trim() : error, null, null);
        kept.StatusCode = known && int.TryParse(head[0], out int status) ? status : null;
        return new MediaMagicException(kept);
    }
}
