using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Bulk;

/// <summary>
/// How long a run waits for a service that asks it to wait, or that the breaker holds requests back from. Where nothing was accepted
/// lately, files fail at once, for the next run to try: a service that is not there is no reason to wait for each of thousands.
/// </summary>
internal sealed class Patience(TimeProvider clock, Backoff backoff, RequestObserver? observer)
{
    private const int WaitsAfterSuccess = 3;
    private const int WaitsWhenAsked = 1;
    private const int MostResends = 3;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_lately = TimeSpan.FromMinutes(10);

    private long _succeeded = long.MinValue;

    /// <summary>A create was accepted.</summary>
    public void Succeeded() => Volatile.Write(ref _succeeded, clock.GetTimestamp());

    /// <summary>Waits if that may help; false when it would not, or not soon.</summary>
    public async Task<bool> WaitAsync(ApiError error, int waits, CancellationToken stop)
    {
        bool asked = error.Code == ErrorCode.RateLimited;
        long last = Volatile.Read(ref _succeeded);
        bool lately = last != long.MinValue && clock.GetElapsedTime(last) < s_lately;
        int most = !asked && error.Code != ErrorCode.CircuitOpen ? 0 : lately ? WaitsAfterSuccess : asked ? WaitsWhenAsked : 0;
        TimeSpan wait = error.RetryAfter is TimeSpan told && told > TimeSpan.Zero ? told : TimeSpan.Zero;
        if (waits >= most || wait > s_longestWait)
        {
            return false;
        }

        wait += backoff.After(waits);
        observer?.TellWait("A file", wait, error.Code);
        await clock.Delay(wait, stop).ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits before a create whose outcome is not known is sent again; false when it was sent often enough.</summary>
    public async Task<bool> BeforeResendAsync(ApiError error, int resends, CancellationToken stop)
    {
        if (resends >= MostResends || error.RetryAfter > s_longestWait)
        {
            return false;
        }

        TimeSpan wait = backoff.After(resends);
        wait = error.RetryAfter is TimeSpan asked && asked > wait ? asked : wait;
        observer?.TellWait("A file", wait, error.Code);
        await clock.Delay(wait, stop).ConfigureAwait(false);
        return true;
    }
}
