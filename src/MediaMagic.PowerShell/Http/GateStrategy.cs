using System;
using System.Threading.Tasks;
using Polly;

namespace MediaMagic.Http;

/// <summary>The gates as part of the pipeline: every attempt waits at its bucket's.</summary>
internal sealed class GateStrategy(Gates gates) : ResilienceStrategy<ApiAnswer>
{
    protected override async ValueTask<Outcome<ApiAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<ApiAnswer>>> callback, ResilienceContext context, TState state)
    {
        CallState call = context.Properties.GetValue(CallState.Key, null!);
        BucketGate gate = gates[call.Request.Bucket];
        int pass;
        try
        {
            pass = await gate.EnterAsync(call, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (Exception refusal) when (refusal is AttemptException or OperationCanceledException)
        {
            return Outcome.FromException<ApiAnswer>(refusal);
        }

        Outcome<ApiAnswer> outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        if (outcome.Result is ApiAnswer answer)
        {
            gate.Answered(pass, answer.Status, answer.RetryAfter);
        }

        return outcome;
    }
}
