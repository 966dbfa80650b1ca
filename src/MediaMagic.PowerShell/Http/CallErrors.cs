using System;
using MediaMagic.Errors;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>The errors of calls that ended without an answer, or without one that says what happened.</summary>
internal static class CallErrors
{
    private const string GateClosed = "The service asked this session to wait, so nothing was sent.";

    /// <summary>The error for the end of the last attempt; null when it is none of ours.</summary>
    public static MediaMagicException? From(Exception failure, ErrorContext context)
    {
        ApiError? error = failure switch
        {
            TimeoutRejectedException late => LocalErrors.Timeout(late.Timeout, context),
            AttemptException attempt => From(attempt, context),
            MediaMagicException => null,

            // What nobody expected must not hide that the request may have worked.
            _ when context.Call?.Delivery == Delivery.Unknown => LocalErrors.Make(ErrorCode.Unknown, failure.Message, null, context),
            _ => null,
        };
        return error is null ? null : new MediaMagicException(error, SafeCause.Of(failure, context.Redactor));
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

    private static ApiError RateLimited(TimeSpan retryAfter, ErrorContext context) =>
        LocalErrors.Make(ErrorCode.RateLimited, GateClosed, null, context, facts =>
        {
            facts.StatusCode = 429;
            facts.RetryAfter = retryAfter;
        });
}
