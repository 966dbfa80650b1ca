using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Commands;

/// <summary>
/// Lets asynchronous work continue on the pipeline thread: that thread runs everything posted here while it waits, so that
/// writing to the pipeline after an await is a plain call. One pump serves a command from its first input to its last:
/// what one input began may go on while the next one runs.
/// </summary>
internal sealed class PumpContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private bool _closed;

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

            while (Next(wait: !task.IsCompleted) is var (callback, state))
            {
                callback(state);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            // When the command is over, what comes later has nobody to tell.
            if (!_closed)
            {
                _queue.Enqueue((d, state));
                Monitor.Pulse(_queue);
            }
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("The pump takes posts only.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Takes no more posts.</summary>
    public void Close()
    {
        lock (_queue)
        {
            _closed = true;
            _queue.Clear();
        }
    }

    private (SendOrPostCallback Callback, object? State)? Next(bool wait)
    {
        lock (_queue)
        {
            while (wait && _queue.Count == 0)
            {
                Monitor.Wait(_queue);
            }

            return _queue.Count > 0 ? _queue.Dequeue() : null;
        }
    }
}
