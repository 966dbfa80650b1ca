using System;
using System.Threading;
using MediaMagic.Errors;
using Polly;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>The errors of calls that ended without an answer, or without one that says what happened.</summary>
internal static class CallErrors
{
    private const string GateClosed = "The service asked this session to wait, so nothing was sent.";

    /// <summary>Creates the exception for a call that did not succeed.</summary>
    public static Exception From(Outcome<ApiAnswer> outcome, CallState call, ErrorContext context, CancellationToken stop)
    {
        if (outcome.Result is ApiAnswer answer)
        {
            return new MediaMagicException(ErrorReader.Read(answer.Status, answer.Headers, answer.Body.AsSpan(), context));
        }

        Exception cause = outcome.Exception!;
        return cause is OperationCanceledException || stop.IsCancellationRequested
            ? new RequestCanceledException(call.Delivery, SafeCause.Of(cause, context.Redactor), stop)
            : From(cause, context) ?? cause;
    }

    // Null for what is no error of the call.
    private static MediaMagicException? From(Exception failure, ErrorContext context)
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
