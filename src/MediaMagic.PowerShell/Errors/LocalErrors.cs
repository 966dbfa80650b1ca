using System;
using System.Collections.Generic;
using System.Globalization;

namespace MediaMagic.Errors;

/// <summary>Errors without an HTTP answer of their own. Each says what is known; the catalogue adds what to do.</summary>
internal static class LocalErrors
{
    private const int LongestText = 2000;

    /// <summary>The service could not be reached, or the connection broke.</summary>
    public static ApiError ConnectionFailed(string detail, ErrorContext? context = null) =>
        Make(ErrorCode.ConnectionFailed, With("The service could not be reached", detail), detail, context);

    /// <summary>No trusted connection could be made.</summary>
    public static ApiError TlsFailed(string detail, ErrorContext? context = null) =>
        Make(ErrorCode.TlsFailed, With("No trusted connection could be made", detail), detail, context);

    /// <summary>One attempt took too long.</summary>
    public static ApiError Timeout(TimeSpan limit, ErrorContext? context = null) =>
        Make(ErrorCode.Timeout, $"No answer came within {Text(limit)}.", null, context);

    /// <summary>The breaker holds requests back.</summary>
    public static ApiError CircuitOpen(int failures, TimeSpan retryAfter, string lastFailure, ErrorContext? context = null)
    {
        string last = lastFailure.Length == 0 ? string.Empty : $" (last: {lastFailure.Trim().TrimEnd('.')})";
        string until = retryAfter > TimeSpan.Zero ? $"for another {Text(retryAfter)}" : "while one tries whether it is back";
        string message = $"The service failed {failures} times in a row{last}; no request is sent {until}.";
        return Make(ErrorCode.CircuitOpen, message, null, context, facts => facts.RetryAfter = retryAfter);
    }

    /// <summary>A submission was sent and may exist; <paramref name="known"/> says what happened.</summary>
    public static ApiError SubmissionOutcomeUnknown(IEnumerable<string> blobPaths, string known, ErrorContext? context = null)
    {
        string message = OutcomeRules.MayExist(blobPaths, known);
        return Make(ErrorCode.SubmissionOutcomeUnknown, message, known, context, static facts => facts.Delivery = Delivery.Unknown);
    }

    /// <summary>An answer came that makes no sense.</summary>
    public static ApiError InvalidResponse(string detail, int? status = null, ErrorContext? context = null) =>
        Make(ErrorCode.InvalidResponse, With("The answer could not be understood", detail), detail, context, facts => facts.StatusCode = status);

    /// <summary>There is no session.</summary>
    public static ApiError NotConnected(string? name = null)
    {
        string missing = name is null ? ", and no key was found to make one" : $" named '{name}'";
        return Make(ErrorCode.NotConnected, $"There is no MediaMagic session{missing}.", null, null);
    }

    /// <summary>The session was closed while it was in use.</summary>
    public static ApiError NotConnected(ErrorContext context) => Make(ErrorCode.NotConnected, "The session was disconnected.", null, context);

    /// <summary>A file fails the local checks.</summary>
    public static ApiError FileInvalid(string path, string problem) =>
        Make(ErrorCode.FileInvalid, With($"'{path}' cannot be submitted", problem), problem, null);

    /// <summary>There is no file under the path.</summary>
    public static ApiError FileNotFound(string path) => Make(ErrorCode.FileNotFound, $"There is no file '{path}'.", null, null);

    /// <summary>Storage rejects blocks of a file that is too large for one request.</summary>
    public static ApiError UploadTooLarge(string path, long maxPut, ApiError rejection)
    {
        string limit = string.Format(CultureInfo.InvariantCulture, "{0:N0} MiB", maxPut >> 20);
        string known = $"storage rejects blocks ({rejection.StatusCode} {rejection.Code}), and one request takes at most {limit}";
        return Make(ErrorCode.UploadTooLarge, $"'{path}' cannot be uploaded: {known}.", rejection.Detail, null, facts =>
        {
            facts.RequestId = rejection.RequestId;
            facts.Method = rejection.Method;
            facts.Uri = rejection.Uri;
            facts.Attempts = rejection.Attempts;
            facts.Delivery = rejection.Delivery;
            facts.Concern = Concern.Service;
            facts.RecommendedAction = $"Make the file smaller than {limit}, or ask for storage that accepts blocks: https://support.mediamagic.app.";
        });
    }

    /// <summary>Storage received other bytes than were sent, time after time.</summary>
    public static ApiError Crc64Mismatch(ErrorContext context)
    {
        ErrorText text = ErrorCatalog.TextOf(ErrorSystem.AzureBlob, 400, "Crc64Mismatch");
        return Make(text.Code, text.Meaning, null, context, facts => (facts.System, facts.Concern, facts.RecommendedAction) = (text.System, Concern.Service, text.Action));
    }

    /// <summary>A file changed while it was being sent.</summary>
    public static ApiError FileChanged(string path) =>
        Make(ErrorCode.FileChanged, $"'{path}' changed while it was being read; nothing was submitted.", null, null);

    /// <summary>An upload would overwrite what another file was uploaded to; one that is not <paramref name="compared"/> may be the same.</summary>
    public static ApiError BlobPathCollision(string path, string blobPath, bool compared = true)
    {
        string there = compared ? "other content" : "another file, or this one before it was written anew; they are too large to compare";
        string message = $"'{path}' would overwrite '{blobPath}', where this session uploaded {there}; nothing was sent.";
        return Make(ErrorCode.BlobPathCollision, message, null, null);
    }

    /// <summary>The service stored an upload where another file was, although their names differ.</summary>
    public static ApiError BlobOverwritten(string path, string blobPath)
    {
        string message = $"The service stored '{path}' as '{blobPath}', where another file was. That file is overwritten, and neither of them counts as uploaded.";
        return Make(ErrorCode.BlobPathCollision, message, null, null, static facts => facts.RecommendedAction = "Upload both again under other names, with Send-MMFile -FileName or after renaming them.");
    }

    /// <summary>This session submitted the blob path before, or may have.</summary>
    public static ApiError AssetAlreadySubmitted(string blobPath, bool outcomeUnknown = false)
    {
        string known = outcomeUnknown
            ? "was sent by this session before and its outcome is unknown"
            : "was submitted by this session before";
        return Make(ErrorCode.AssetAlreadySubmitted, $"'{blobPath}' {known}; nothing was sent.", null, null, facts =>
        {
            facts.Delivery = outcomeUnknown ? Delivery.Unknown : Delivery.Accepted;
            facts.RecommendedAction = outcomeUnknown
                ? "Look for it first, in MediaMagic or among your webhook events. Only if it is not there, send it with New-MMSubmission -Force."
                : facts.RecommendedAction + " New-MMSubmission -Force sends it all the same.";
        });
    }

    /// <summary>The create of the file is unknown under another blob path.</summary>
    public static ApiError AssetUnsettled(string blobPath, string other)
    {
        string message = $"'{blobPath}' holds the same file as '{other}', whose submission may exist; nothing was sent.";
        return Make(ErrorCode.AssetAlreadySubmitted, message, null, null, facts => Unsettle(facts, other));
    }

    /// <summary>The create of a file that is about to be uploaded is unknown.</summary>
    public static ApiError UploadUnsettled(string path, string blobPath)
    {
        string message = OutcomeRules.MayExist([blobPath], $"this session sent it before, and '{path}' has the same content; nothing was uploaded");
        return Make(ErrorCode.SubmissionOutcomeUnknown, message, null, null, facts => Unsettle(facts, blobPath));
    }

    /// <summary>A submission ended in failure.</summary>
    public static ApiError SubmissionFailed(string submissionId, string? detail, bool retryable = false) => Make(
        ErrorCode.SubmissionFailed,
        With($"Submission {submissionId} failed", detail),
        detail,
        null,
        facts => facts.Concern = retryable ? Concern.Service : facts.Concern);

    /// <summary>A submission had not ended when the wait did; <paramref name="trouble"/> is what the last look met.</summary>
    public static ApiError WaitTimeout(string submissionId, TimeSpan waited, string? status, ApiError? trouble = null)
    {
        string state = !string.IsNullOrEmpty(status) ? $"was still {status}" : trouble is null ? "had not ended" : "could not be read";
        return Make(ErrorCode.WaitTimeout, With($"Submission {submissionId} {state} after {Text(waited)}", trouble?.ToString()), null, null);
    }

    /// <summary>The log of requests cannot be written.</summary>
    public static ApiError LogNotWritten(string path, string why) =>
        Make(ErrorCode.LogNotWritten, With($"The log '{path}' cannot be written", why), why, null);

    /// <summary>A prefix on which nothing can listen.</summary>
    public static ApiError InvalidPrefix(string prefix, string why) =>
        Make(ErrorCode.InvalidPrefix, With($"Nothing can listen on '{prefix}'", why), why, null);

    /// <summary>Somebody else listens on the port.</summary>
    public static ApiError PortInUse(string prefix, int port) => Make(
        ErrorCode.PortInUse,
        string.Format(CultureInfo.InvariantCulture, "Nothing can listen on '{0}': port {1} is in use.", prefix, port),
        null,
        null);

    /// <summary>The system does not let this user listen on the port.</summary>
    public static ApiError ListenDenied(string prefix, int port) => Make(
        ErrorCode.ListenDenied,
        string.Format(CultureInfo.InvariantCulture, "Nothing can listen on '{0}': this user may not use port {1}.", prefix, port),
        null,
        null);

    /// <summary>Deliveries would be taken from anybody.</summary>
    public static ApiError SecretRequired(string why) => Make(ErrorCode.SecretRequired, why, null, null);

    /// <summary>A report found no place.</summary>
    public static ApiError ReportNotWritten(string path, string why) =>
        Make(ErrorCode.ReportNotWritten, With($"The report '{path}' was not written", why), why, null);

    /// <summary>Creates an error with the code's text and rule; <paramref name="add"/> adds what only this error knows.</summary>
    internal static ApiError Make(string code, string message, string? detail, ErrorContext? context, Action<ErrorFacts>? add = null)
    {
        ErrorScrubber scrubber = new(context?.Redactor);
        StatusRule rule = StatusTable.Find(ErrorSystem.MediaMagic, null, code, context?.Endpoint ?? ApiEndpoint.Other);
        ErrorText text = ErrorCatalog.TextOf(ErrorSystem.MediaMagic, null, code);
        ErrorFacts facts = new()
        {
            Code = code,
            Message = scrubber.Line(message, LongestText) ?? text.Meaning,
            Detail = scrubber.Line(detail, LongestText),
            Retryable = rule.IsRetryable,
            Concern = rule.Concern,
            RecommendedAction = text.Action,
            Method = scrubber.Line(context?.Method, LongestText),
            Uri = scrubber.Line(context?.Uri, LongestText),
            Bucket = scrubber.Line(context?.Bucket, LongestText),
            Attempts = context?.Call?.Attempts ?? 0,
            Delivery = context?.Call?.Delivery ?? Delivery.NotSent,
        };
        add?.Invoke(facts);
        if (context is not null)
        {
            OutcomeRules.Settle(facts, context);
        }

        return new ApiError(facts);
    }

    /// <summary>Creates an error again whose parts a ledger stored.</summary>
    internal static ApiError Stored(string system, int status, string code, string message, Concern concern, Delivery delivery) => new(new ErrorFacts
    {
        System = system,
        StatusCode = status == 0 ? null : status,
        Code = code,
        Message = message,
        Retryable = delivery != Delivery.Unknown && StatusTable.Find(system, status, code).IsRetryable,
        RecommendedAction = ErrorCatalog.TextOf(system, status, code).Action,
        Concern = concern,
        Delivery = delivery,
    });

    private static void Unsettle(ErrorFacts facts, string blobPath)
    {
        facts.Delivery = Delivery.Unknown;
        string quoted = blobPath.Replace("'", "''", StringComparison.Ordinal);
        facts.RecommendedAction = $"Look for the submission in MediaMagic or among your webhook events. To settle it, repeat it: New-MMSubmission -BlobPath '{quoted}' -Force. "
            + "The service accepts a blob path only once. If that settles nothing, Submit-MMFile -ResubmitUnknown sends the file again, perhaps a second time.";
    }

    /// <summary>What is known as a sentence, with the detail behind it.</summary>
    internal static string With(string known, string? detail) =>
        string.IsNullOrWhiteSpace(detail) ? known + "." : $"{known}: {OutcomeRules.Ended(detail!)}";

    /// <summary>A time as people say it.</summary>
    internal static string Text(TimeSpan time) => time.TotalMinutes >= 2
        ? string.Format(CultureInfo.InvariantCulture, "{0:0.#} min", time.TotalMinutes)
        : string.Format(CultureInfo.InvariantCulture, "{0:0.#} s", time.TotalSeconds);
}
