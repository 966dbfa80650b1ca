using System;
using MediaMagic.Errors;
using Polly;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>Whether an attempt is followed by another, by the safety of the request.</summary>
internal static class RetryRules
{
    /// <summary>Whether to try again.</summary>
    public static bool ShouldRetry(Outcome<ApiAnswer> outcome, CallState call, TimeSpan longestDelay)
    {
        RequestSafety safety = call.Request.Safety;
        if (outcome.Result is ApiAnswer answer)
        {
            if (answer.RetryAfter.GetValueOrDefault() > longestDelay)
            {
                return false;
            }

            if (answer.IsSuccess)
            {
                return !call.Request.IsDone(answer);
            }

            StatusRule rule = StatusTable.Find(call.Request.Service, answer.Status, null, call.Request.Endpoint);
            return rule.Repeat.HasFlag(NeededBy(safety))
                && (call.Delivery != Delivery.Unknown || safety is not (RequestSafety.CreateVersion or RequestSafety.Once));
        }

        return outcome.Exception switch
        {
            AttemptException { Failure: AttemptFailure.NotSent } => true,
            TimeoutRejectedException when !call.Sending => true,
            AttemptException { Failure: AttemptFailure.Lost } or TimeoutRejectedException => safety switch
            {
                RequestSafety.Read or RequestSafety.Idempotent => true,
                RequestSafety.Create => call.LostAnswers <= 1,
                _ => false,
            },
            _ => false,
        };
    }

    private static Repeat NeededBy(RequestSafety safety) => safety switch
    {
        RequestSafety.Read => Repeat.Read,
        RequestSafety.Idempotent => Repeat.Write,
        _ => Repeat.Create,
    };
}
