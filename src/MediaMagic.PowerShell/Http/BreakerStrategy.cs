using System;
using System.Threading.Tasks;
using Polly;

namespace MediaMagic.Http;

/// <summary>The breaker as part of the pipeline: it sees every attempt.</summary>
internal sealed class BreakerStrategy(Breaker breaker) : ResilienceStrategy<ApiAnswer>
{
    protected override async ValueTask<Outcome<ApiAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<ApiAnswer>>> callback, ResilienceContext context, TState state)
    {
        if (breaker.TryEnter(out TimeSpan retryAfter) is not BreakerPass pass)
        {
            return Outcome.FromException<ApiAnswer>(new AttemptException(AttemptFailure.CircuitOpen, "The circuit is open.")
            {
                Failures = breaker.Threshold,
                RetryAfter = retryAfter,
            });
        }

        bool? failed = null;
        try
        {
            Outcome<ApiAnswer> outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
            failed = Judge(outcome, context);
            return outcome;
        }
        finally
        {
            breaker.Report(pass, failed);
        }
    }

    // A rate limit says nothing about health, nor does a caller that stopped waiting.
    private static bool? Judge(Outcome<ApiAnswer> outcome, ResilienceContext context)
    {
        if (outcome.Result is ApiAnswer answer)
        {
            return answer.Status == 429 ? null : answer.Status >= 500;
        }

        return outcome.Exception is AttemptException { Failure: AttemptFailure.Unreadable } ? false
            : context.CancellationToken.IsCancellationRequested ? null : true;
    }
}
