using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using MediaMagic.Errors;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>The errors of calls that ended without an answer, or without one that says what happened.</summary>
internal static class CallErrors
{
    private const string GateClosed = """{"error":"Rate limit exceeded: the service asked this session to wait, and nothing was sent"}""";

    /// <summary>The error for the end of the last attempt; null when it is none of ours.</summary>
    public static MediaMagicException? From(Exception failure, ErrorContext context)
    {
        ApiError? error = failure switch
        {
            TimeoutRejectedException late => LocalErrors.Timeout(late.Timeout, context),
            AttemptException attempt => From(attempt, context),
            _ => null,
        };
        return error is null ? null : new MediaMagicException(error, SafeCause.Of(failure, context.Redactor));
    }

    /// <summary>Turns the error into the one that says: nobody here knows whether the submission exists.</summary>
    public static void MakeOutcomeUnknown(ApiError error, CallState call)
    {
        ApiError unknown = LocalErrors.SubmissionOutcomeUnknown(BlobPaths(call.Request), Known(error, call));
        error.Code = unknown.Code;
        error.Message = unknown.Message;
        error.Detail = unknown.Message;
        error.Retryable = unknown.Retryable;
        error.RecommendedAction = unknown.RecommendedAction;
        error.OutcomeUnknown = true;
    }

    private static ApiError From(AttemptException attempt, ErrorContext context) => attempt.Failure switch
    {
        AttemptFailure.TlsRefused => LocalErrors.TlsFailed(attempt.Message, context),
        AttemptFailure.Unreadable => LocalErrors.InvalidResponse(attempt.Message, context: context),
        AttemptFailure.CircuitOpen => LocalErrors.CircuitOpen(attempt.Failures, attempt.RetryAfter ?? TimeSpan.Zero, attempt.Message, context),
        AttemptFailure.Disconnected => LocalErrors.NotConnected(context),
        AttemptFailure.GateClosed => RateLimited(attempt.RetryAfter ?? TimeSpan.Zero, context),
        _ => LocalErrors.ConnectionFailed(attempt.Message, context),
    };

    private static ApiError RateLimited(TimeSpan retryAfter, ErrorContext context)
    {
        ApiError error = ErrorReader.Read(429, [], GateClosed, context);
        error.RetryAfter = retryAfter;
        return error;
    }

    private static string Known(ApiError error, CallState call)
    {
        if (error.Code == ErrorCode.AssetAlreadySubmitted)
        {
            return "an attempt of this call was sent and its answer lost or failed, and the repeat was told that the asset is already submitted. "
                + "Most likely this call's first attempt was accepted";
        }

        return call.LostAnswers == 0
            ? $"the service accepted it, but its answer cannot be read ({error.Message})"
            : string.Format(
                CultureInfo.InvariantCulture,
                "it was sent, and {0} of {1} answers were lost; the last attempt ended in {2}. It may have been accepted",
                call.LostAnswers,
                call.Attempts,
                error.Code);
    }

    private static IEnumerable<string> BlobPaths(ApiRequest request)
    {
        using JsonDocument body = JsonDocument.Parse(request.Json);
        return [.. body.RootElement.GetProperty("assets").EnumerateArray().Select(asset => asset.GetProperty("blobPath").GetString() ?? string.Empty)];
    }
}
