using System;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Http;

namespace MediaMagic.Bulk;

/// <summary>
/// How long a run waits for a service that asks it to wait, or that the breaker holds requests back from. Where nothing has succeeded for
/// long, files fail after one wait, for the next run to try.
/// </summary>
internal sealed class Patience(TimeProvider clock, Backoff backoff)
{
    private const int WaitsAfterSuccess = 5;
    private const int WaitsWithout = 1;
    private const int MostResends = 3;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_lately = TimeSpan.FromMinutes(10);

    private long _succeeded = long.MinValue;

    /// <summary>Something went well.</summary>
    public void Succeeded() => Volatile.Write(ref _succeeded, clock.GetTimestamp());

    /// <summary>Waits if that may help; false when it would not, or not soon.</summary>
    public async Task<bool> WaitAsync(ApiError error, int waits, CancellationToken stop)
    {
        bool held = error.Code is ErrorCode.CircuitOpen or ErrorCode.RateLimited;
        long last = Volatile.Read(ref _succeeded);
        bool lately = last != long.MinValue && clock.GetElapsedTime(last) < s_lately;
        TimeSpan wait = error.RetryAfter ?? TimeSpan.FromSeconds(1);
        if (!held || waits >= (lately ? WaitsAfterSuccess : WaitsWithout) || wait > s_longestWait)
        {
            return false;
        }

        await clock.Delay(wait + backoff.After(0), stop).ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits before a create whose outcome is not known is sent again; false when it was sent often enough.</summary>
    public async Task<bool> BeforeResendAsync(int resends, CancellationToken stop)
    {
        if (resends >= MostResends)
        {
            return false;
        }

        await clock.Delay(backoff.After(resends), stop).ConfigureAwait(false);
        return true;
    }
}
