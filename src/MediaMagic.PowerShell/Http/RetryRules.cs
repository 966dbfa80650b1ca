using System;
using Polly;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>Whether an attempt is followed by another, by the safety of the request.</summary>
internal static class RetryRules
{
    /// <summary>Whether the answer may be to a request that was carried out all the same.</summary>
    public static bool MayHaveHappened(Outcome<ApiAnswer> outcome, CallState call) =>
        outcome.Result is ApiAnswer answer ? answer.Status >= 500 : call.Sending;

    /// <summary>Whether the answer was lost after the request had been sent.</summary>
    public static bool IsLost(Exception? failure) => failure is AttemptException { Failure: AttemptFailure.Lost } or TimeoutRejectedException;

    /// <summary>Whether to try again.</summary>
    public static bool ShouldRetry(Outcome<ApiAnswer> outcome, CallState call, TimeSpan longestDelay)
    {
        RequestSafety safety = call.Request.Safety;
        if (outcome.Result is ApiAnswer answer)
        {
            return answer.RetryAfter.GetValueOrDefault() <= longestDelay && answer.Status switch
            {
                429 => true,
                500 or 502 => safety != RequestSafety.CreateVersion,
                503 or 504 => safety == RequestSafety.Read,
                _ => false,
            };
        }

        return outcome.Exception switch
        {
            AttemptException { Failure: AttemptFailure.NotSent } => true,
            TimeoutRejectedException when !call.Sending => true,
            Exception failure when IsLost(failure) => safety switch
            {
                RequestSafety.Read or RequestSafety.Idempotent => true,
                RequestSafety.Create => call.LostAnswers <= 1,
                _ => false,
            },
            _ => false,
        };
    }
}
