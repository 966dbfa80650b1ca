using System;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace MediaMagic.Http;

/// <summary>The pipeline of every call, to the API and to storage: retry, notes and timeout of an attempt. The API has gates and a breaker as well.</summary>
internal sealed class CallPipeline
{
    private const int RateLimited = 429;
    private readonly ResiliencePipeline<ApiAnswer> _pipeline;

    private CallPipeline(ResiliencePipeline<ApiAnswer> pipeline) => _pipeline = pipeline;

    public static CallPipeline Create(
        MediaMagicClientOptions options, Backoff backoff, RetryBudget budget, ClientCounters counters, Gates? gates = null, Breaker? breaker = null)
    {
        ResiliencePipelineBuilder<ApiAnswer> builder = new() { TimeProvider = options.TimeProvider };
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                ShouldHandle = arguments => new ValueTask<bool>(RetryRules.ShouldRetry(arguments.Outcome, Call(arguments.Context), options.MaxRetryDelay)),
                DelayGenerator = arguments =>
                {
                    CallState call = Call(arguments.Context);
                    return new ValueTask<TimeSpan?>(gates is not null && arguments.Outcome.Result is { Status: RateLimited } answer
                        ? GatedDelay(answer, call, backoff)
                        : Delay(arguments.Outcome.Result, arguments.AttemptNumber, backoff));
                },
                OnRetry = async arguments =>
                {
                    CallState call = Call(arguments.Context);
                    call.Retrying?.Invoke();
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
        if (gates is not null)
        {
            builder.AddStrategy(_ => new GateStrategy(gates), new EmptyStrategyOptions());
        }

        if (breaker is not null)
        {
            builder.AddStrategy(_ => new BreakerStrategy(breaker), new EmptyStrategyOptions());
        }

        return new CallPipeline(builder
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => new ValueTask<TimeSpan>(TimeoutOf(Call(arguments.Context).Request, options)),
            })
            .Build());
    }

    /// <summary>Runs the attempts of a call.</summary>
    public async Task<Outcome<ApiAnswer>> RunAsync(CallState call, Func<CancellationToken, Task<ApiAnswer>> attempt, CancellationToken stop)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, stop);
        context.Properties.Set(CallState.Key, call);
        try
        {
            return await _pipeline.ExecuteOutcomeAsync(AttemptAsync, context, attempt).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The pipeline throws what an observer of a wait throws.
            return Outcome.FromException<ApiAnswer>(failure);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<Outcome<ApiAnswer>> AttemptAsync(ResilienceContext context, Func<CancellationToken, Task<ApiAnswer>> attempt)
    {
        try
        {
            return Outcome.FromResult(await attempt(context.CancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            return Outcome.FromException<ApiAnswer>(failure);
        }
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

    private static TimeSpan TimeoutOf(ApiRequest request, MediaMagicClientOptions options) =>
        request.IdleTimeout is null ? request.Timeout ?? options.Timeout : Timeout.InfiniteTimeSpan;

    // After a 429 the gate of the bucket holds all callers. A Retry-After of 0 closes no gate, so a call that gets a second one backs off by itself.
    private static TimeSpan GatedDelay(ApiAnswer answer, CallState call, Backoff backoff)
    {
        bool again = answer.RetryAfter == TimeSpan.Zero && ++call.ImmediateRetries > 1;
        return again ? backoff.After(call.ImmediateRetries - 2) : TimeSpan.Zero;
    }

    private static TimeSpan Delay(ApiAnswer? answer, int attempt, Backoff backoff)
    {
        TimeSpan delay = backoff.After(attempt);
        TimeSpan asked = answer?.RetryAfter ?? TimeSpan.Zero;
        return asked > delay ? asked : delay;
    }

    private sealed class EmptyStrategyOptions : ResilienceStrategyOptions;
}
