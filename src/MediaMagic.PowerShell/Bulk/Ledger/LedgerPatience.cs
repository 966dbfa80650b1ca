using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Waits for a ledger that another process locks, or whose file another program holds: short attempts and short pauses, so that a stop is noticed at once.</summary>
internal static class LedgerPatience
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how long a command waits for a ledger that stands still.</summary>
    public static TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Does the work as soon as no other process has the ledger locked. Errors of the driver become errors of the module.</summary>
    public static async Task<T> RunAsync<T>(LedgerDialect dialect, TimeSpan patience, TimeProvider clock, Func<Task<T>> work, CancellationToken stop)
    {
        for (LedgerDeadline deadline = new(dialect, patience, clock); ;)
        {
            try
            {
                // On a thread of the pool, for the driver of files has no asynchronous way.
                return await UntilAsync(Task.Run(work, stop), stop).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                if (dialect.FaultOf(failure) is not (LedgerFault.Conflict or LedgerFault.Held) || deadline.IsOver())
                {
                    throw dialect.Explain(failure);
                }
            }

            await PauseAsync(clock, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Pauses before another attempt, and not as long as other processes do.</summary>
    public static Task PauseAsync(TimeProvider clock, CancellationToken stop) =>
        clock.Delay(TimeSpan.FromTicks((long)(s_pause.Ticks * SharedRandom.NextDouble())), stop);

    // A stop does not wait for the driver, which blocks for a moment. What the attempt opens after that is closed.
    private static async Task<T> UntilAsync<T>(Task<T> attempt, CancellationToken stop)
    {
        TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stop.Register(() => stopped.TrySetResult(true)))
        {
            await Task.WhenAny(attempt, stopped.Task).ConfigureAwait(false);
        }

        if (!attempt.IsCompleted)
        {
            _ = CloseLateAsync(attempt);
            stop.ThrowIfCancellationRequested();
        }

        return await attempt.ConfigureAwait(false);
    }

    private static async Task CloseLateAsync<T>(Task<T> attempt)
    {
        try
        {
            (await attempt.ConfigureAwait(false) as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
            // Nothing was opened.
        }
    }
}
