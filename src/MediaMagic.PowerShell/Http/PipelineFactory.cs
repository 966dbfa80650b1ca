using System;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>Builds the pipeline that every request goes through: retry, notes, gate, breaker, time-out of the attempt.</summary>
internal static class PipelineFactory
{
    public static ResiliencePipeline<ApiAnswer> Create(MediaMagicClientOptions options, Backoff backoff, Gates gates, Breaker? breaker, ClientCounters counters)
    {
        ResiliencePipelineBuilder<ApiAnswer> builder = new() { TimeProvider = options.TimeProvider };
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                ShouldHandle = arguments => new ValueTask<bool>(RetryRules.ShouldRetry(arguments.Outcome, Call(arguments.Context), options.MaxRetryDelay)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(Delay(arguments.Outcome, arguments.AttemptNumber, backoff)),
                OnRetry = arguments =>
                {
                    counters.Retried();
                    Call(arguments.Context).Waits(arguments.RetryDelay, CallState.Ended(arguments.Outcome.Result, arguments.AttemptNumber + 1));
                    return default;
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

    private static CallState Call(ResilienceContext context) => context.Properties.GetValue(CallState.Key, null!);

    // After a 429 the bucket's gate does the waiting, for everybody.
    private static TimeSpan Delay(Outcome<ApiAnswer> outcome, int attempt, Backoff backoff)
    {
        if (outcome.Result?.Status == 429)
        {
            return TimeSpan.Zero;
        }

        TimeSpan delay = backoff.After(attempt);
        TimeSpan asked = outcome.Result?.RetryAfter ?? TimeSpan.Zero;
        return asked > delay ? asked : delay;
    }

    private sealed class EmptyStrategyOptions : ResilienceStrategyOptions;
}
