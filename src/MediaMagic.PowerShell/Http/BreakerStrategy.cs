using System;
using System.Threading.Tasks;
using MediaMagic.Errors;
using Polly;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>The breaker as part of the pipeline: it sees every attempt.</summary>
internal sealed class BreakerStrategy(Breaker breaker) : ResilienceStrategy<ApiAnswer>
{
    protected override async ValueTask<Outcome<ApiAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<ApiAnswer>>> callback, ResilienceContext context, TState state)
    {
        if (breaker.TryEnter(out TimeSpan retryAfter) is not BreakerPass pass)
        {
            return Outcome.FromException<ApiAnswer>(new AttemptException(AttemptFailure.CircuitOpen, breaker.LastFailure)
            {
                Failures = breaker.Threshold,
                RetryAfter = retryAfter,
            });
        }

        bool? failed = null;
        string failure = string.Empty;
        try
        {
            Outcome<ApiAnswer> outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
            failed = Judge(outcome, context);
            if (failed == true)
            {
                failure = outcome.Result is ApiAnswer answer ? $"status {answer.Status}" : outcome.Exception?.Message ?? string.Empty;
            }

            return outcome;
        }
        finally
        {
            breaker.Report(pass, failed, failure);
        }
    }

    // A rate limit says nothing about health, nor does a caller that stopped waiting or a file that cannot be read.
    private static bool? Judge(Outcome<ApiAnswer> outcome, ResilienceContext context)
    {
        if (outcome.Result is ApiAnswer answer)
        {
            // A stored result that cannot be loaded says nothing about the service either.
            ApiEndpoint endpoint = context.Properties.GetValue(CallState.Key, null!).Request.Endpoint;
            StatusRule rule = StatusTable.Find(ErrorSystem.MediaMagic, answer.Status, null, endpoint);
            return rule.Code is ErrorCode.RateLimited or ErrorCode.ResultLoadFailed ? null : rule.IsOutage;
        }

        // An upload whose bytes do not move says nothing about the service.
        CallState call = context.Properties.GetValue(CallState.Key, null!);
        return outcome.Exception switch
        {
            AttemptException { Failure: AttemptFailure.Unreadable } => false,
            AttemptException { Failure: AttemptFailure.Disconnected } => null,
            TimeoutRejectedException when call.Request.IdleTimeout is not null => null,
            AttemptException or TimeoutRejectedException when !context.CancellationToken.IsCancellationRequested => true,
            _ => null,
        };
    }
}
