using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Commands;

/// <summary>
/// Lets asynchronous work continue on the pipeline thread: that thread runs everything posted here while it waits, so that
/// writing to the pipeline after an await is a plain call. One pump serves a command from its first input to its last:
/// what one input began may go on while the next one runs.
/// </summary>
internal sealed class PumpContext : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    /// <summary>Runs the work to its end on this thread.</summary>
    public void Run(Func<Task> work)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            Task task = work();
            if (!task.IsCompleted)
            {
                // Wakes this thread when the work ends on another one.
                task.ContinueWith(
                    static (_, pump) => ((PumpContext)pump!).Post(static _ => { }, null),
                    this,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }

            while (!task.IsCompleted)
            {
                (SendOrPostCallback callback, object? state) = _queue.Take();
                callback(state);
            }

            Drain();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _queue.Add((d, state));
        }
        catch (ObjectDisposedException)
        {
            // The command is over: what comes later has nobody to tell.
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("The pump takes posts only.");

    public override SynchronizationContext CreateCopy() => this;

    public void Dispose() => _queue.Dispose();

    private void Drain()
    {
        while (_queue.TryTake(out (SendOrPostCallback Callback, object? State) item))
        {
            item.Callback(item.State);
        }
    }
}
