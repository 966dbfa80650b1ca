using System;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>Builds the pipeline that every request goes through: retry, notes, gate, breaker, time-out of the attempt.</summary>
internal static class PipelineFactory
{
    private const int RateLimited = 429;

    public static ResiliencePipeline<ApiAnswer> Create(MediaMagicClientOptions options, Backoff backoff, Gates gates, Breaker? breaker, ClientCounters counters, RetryBudget budget)
    {
        ResiliencePipelineBuilder<ApiAnswer> builder = new() { TimeProvider = options.TimeProvider };
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                ShouldHandle = arguments => new ValueTask<bool>(RetryRules.ShouldRetry(arguments.Outcome, Call(arguments.Context), options.MaxRetryDelay)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(Delay(arguments.Outcome, arguments.AttemptNumber, Call(arguments.Context), backoff)),
                OnRetry = async arguments =>
                {
                    CallState call = Call(arguments.Context);
                    if (arguments.Outcome.Result?.Status != RateLimited)
                    {
                        await TakeAsync(budget, call, arguments.Context.CancellationToken).ConfigureAwait(false);
                    }

                    counters.Retried();
                    call.Waits(arguments.RetryDelay, CallState.Ended(arguments.Outcome.Result, arguments.AttemptNumber + 1));
                },
            });
        }

        builder.AddStrategy(_ => new AttemptWatch(counters), new EmptyStrategyOptions());
        builder.AddStrategy(_ => new GateStrategy(gates), new EmptyStrategyOptions());
        if (breaker is not null)
        {
            builder.AddStrategy(_ => new BreakerStrategy(breaker), new EmptyStrategyOptions());
        }

        return builder
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => new ValueTask<TimeSpan>(Call(arguments.Context).Request.Timeout ?? options.Timeout),
            })
            .Build();
    }

    // The retry strategy itself ends the call when it is cancelled.
    private static async Task TakeAsync(RetryBudget budget, CallState call, CancellationToken stop)
    {
        try
        {
            await budget.TakeAsync(wait => call.Waits(wait, "the session's retry budget is used up"), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static CallState Call(ResilienceContext context) => context.Properties.GetValue(CallState.Key, null!);

    // After a 429 the gate of the bucket holds all callers. A Retry-After of 0 closes no gate, so a call that gets a second one backs off by itself.
    private static TimeSpan Delay(Outcome<ApiAnswer> outcome, int attempt, CallState call, Backoff backoff)
    {
        if (outcome.Result?.Status == RateLimited)
        {
            bool again = outcome.Result.RetryAfter == TimeSpan.Zero && ++call.ImmediateRetries > 1;
            return again ? backoff.After(call.ImmediateRetries - 2) : TimeSpan.Zero;
        }

        TimeSpan delay = backoff.After(attempt);
        TimeSpan asked = outcome.Result?.RetryAfter ?? TimeSpan.Zero;
        return asked > delay ? asked : delay;
    }

    private sealed class EmptyStrategyOptions : ResilienceStrategyOptions;
}
