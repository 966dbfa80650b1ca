using System;
using System.Threading.Tasks;
using MediaMagic.Errors;
using Polly;

namespace MediaMagic.Http;

/// <summary>Notes of every attempt what it means for the call; a part of the pipeline inside the retry.</summary>
internal sealed class AttemptWatch(ClientCounters counters) : ResilienceStrategy<ApiAnswer>
{
    protected override async ValueTask<Outcome<ApiAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<ApiAnswer>>> callback, ResilienceContext context, TState state)
    {
        CallState call = context.Properties.GetValue(CallState.Key, null!);
        int before = call.Attempts;
        Outcome<ApiAnswer> outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        if (call.Attempts == before)
        {
            return outcome; // A closed gate or an open breaker: nothing went to the wire.
        }

        counters.Sent();
        if (outcome.Result?.Status == 429)
        {
            counters.Refused();
        }

        if (outcome.Result is ApiAnswer answer)
        {
            // Whether a success was really one, only its reader knows.
            call.Add(call.Request.IsDone(answer) ? Delivery.NotSent : answer.IsSuccess ? Delivery.Unknown : Deliveries.Of(answer.Status, call.Request.Method.Method));
        }
        else if (call.Sending)
        {
            call.Add(call.Request.IsWhole?.Invoke() == false ? Delivery.Rejected : Deliveries.Lost(call.Request.Method.Method));
            call.LostAnswers++;
        }

        return outcome;
    }
}
