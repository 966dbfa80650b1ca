using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>Tells waiters that the state of a simulator has changed.</summary>
internal sealed class StateChanges
{
    private TaskCompletionSource<bool>? _next;

    /// <summary>Gets a task that completes at the next change.</summary>
    public Task Next
    {
        get
        {
            TaskCompletionSource<bool> made = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _next, made, null) ?? made).Task;
        }
    }

    /// <summary>Completes the tasks that wait; a change comes before this call.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, null)?.TrySetResult(true);

    /// <summary>Waits until the condition holds. It is evaluated at once and after every change.</summary>
    public async Task WaitForAsync(Func<bool> condition, CancellationToken stop)
    {
        // The task comes first, or a change between the two steps would be missed.
        for (Task next = Next; !condition(); next = Next)
        {
            await next.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(false);
        }
    }
}
