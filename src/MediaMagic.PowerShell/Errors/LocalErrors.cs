using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>Errors without an HTTP answer of their own. Each says what is known; the catalogue adds what to do.</summary>
internal static class LocalErrors
{
    private const int LongestText = 2000;
    private const int MostPaths = 3;

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
        ApiError error = Make(ErrorCode.CircuitOpen, message, null, context);
        error.RetryAfter = retryAfter;
        return error;
    }

    /// <summary>A submission was sent and may exist; <paramref name="known"/> says what happened.</summary>
    public static ApiError SubmissionOutcomeUnknown(IEnumerable<string> blobPaths, string known, ErrorContext? context = null)
    {
        string message = $"The submission of {Paths(blobPaths)} may exist: {Ended(known)}";
        ApiError error = Make(ErrorCode.SubmissionOutcomeUnknown, message, known, context);
        error.OutcomeUnknown = true;
        return error;
    }

    /// <summary>An answer came that makes no sense.</summary>
    public static ApiError InvalidResponse(string detail, int? status = null, ErrorContext? context = null)
    {
        ApiError error = Make(ErrorCode.InvalidResponse, With("The answer could not be understood", detail), detail, context);
        error.StatusCode = status;
        return error;
    }

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

    /// <summary>This session submitted the blob path before, or may have.</summary>
    public static ApiError AssetAlreadySubmitted(string blobPath, bool outcomeUnknown = false)
    {
        string known = outcomeUnknown
            ? "was sent by this session before and its outcome is unknown"
            : "was submitted by this session before";
        ApiError error = Make(ErrorCode.AssetAlreadySubmitted, $"'{blobPath}' {known}; nothing was sent.", null, null);
        error.OutcomeUnknown = outcomeUnknown;
        error.RecommendedAction = outcomeUnknown
            ? "Look for it first, in MediaMagic or among your webhook events. Only if it is not there, send it with New-MMSubmission -Force."
            : error.RecommendedAction + " New-MMSubmission -Force sends it all the same.";
        return error;
    }

    /// <summary>A submission ended in failure.</summary>
    public static ApiError SubmissionFailed(string submissionId, string? detail) =>
        Make(ErrorCode.SubmissionFailed, With($"Submission {submissionId} failed", detail), detail, null);

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

    /// <summary>An error of that code, with what the catalogue knows about it.</summary>
    internal static ApiError Make(string code, string message, string? detail, ErrorContext? context)
    {
        ErrorScrubber scrubber = new(context?.Redactor);
        ErrorCatalogEntry entry = ErrorCatalog.Best(ErrorSystem.MediaMagic, null, code);
        return new ApiError
        {
            Code = code,
            Message = scrubber.Line(message, LongestText) ?? entry.Meaning,
            Detail = scrubber.Line(detail, LongestText),
            Retryable = entry.Retryable,
            RecommendedAction = entry.RecommendedAction,
            Method = scrubber.Line(context?.Method, LongestText),
            Uri = scrubber.Line(context?.Uri, LongestText),
            Bucket = scrubber.Line(context?.Bucket, LongestText),
        };
    }

    /// <summary>What is known as a sentence, with the detail behind it.</summary>
    internal static string With(string known, string? detail) =>
        string.IsNullOrWhiteSpace(detail) ? known + "." : $"{known}: {Ended(detail!)}";

    private static string Ended(string sentence)
    {
        string text = sentence.Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    private static string Paths(IEnumerable<string> blobPaths)
    {
        string[] paths = [.. blobPaths.Select(static path => $"'{path}'")];
        string first = string.Join(", ", paths.Take(MostPaths));
        return paths.Length > MostPaths ? $"{first} and {paths.Length - MostPaths} more" : first;
    }

    /// <summary>A time as people say it.</summary>
    internal static string Text(TimeSpan time) => time.TotalMinutes >= 2
        ? string.Format(CultureInfo.InvariantCulture, "{0:0.#} min", time.TotalMinutes)
        : string.Format(CultureInfo.InvariantCulture, "{0:0.#} s", time.TotalSeconds);
}
