using System;
using System.Collections.Generic;
using System.Diagnostics;
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
    private static readonly SendOrPostCallback s_tell = static action => ((Action)action!)();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _underWay;
    private bool _closed;

    /// <summary>Runs the work to its end on this thread.</summary>
    public void Run(Func<Task> work) => Here(() =>
    {
        Task task = work();
        if (!task.IsCompleted)
        {
            Track(task);
        }

        while (Next(() => task.IsCompleted ? TimeSpan.Zero : Timeout.InfiniteTimeSpan) is var (callback, state))
        {
            callback(state);
        }

        task.GetAwaiter().GetResult();
    });

    /// <summary>Counts the task as under way; its end wakes this thread.</summary>
    public void Track(Task task)
    {
        OperationStarted();
        task.ContinueWith(
            static (_, pump) => ((PumpContext)pump!).OperationCompleted(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>
    /// Gives what is still under way so long to see that it is over and to clean up, and takes no more posts after that.
    /// What somebody wanted to be told is dropped.
    /// </summary>
    public void End(TimeSpan limit) => Here(() =>
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (Next(() => _underWay > 0 && !_closed && limit - clock.Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero) is var (callback, state)
            && clock.Elapsed < limit)
        {
            if (callback != s_tell)
            {
                callback(state);
            }
        }

        lock (_queue)
        {
            _closed = true;
            _queue.Clear();
        }
    });

    /// <summary>Has this thread tell somebody something.</summary>
    public void Tell(Action action) => Post(s_tell, action);

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

    /// <summary>Work began that may outlast the input that began it.</summary>
    public override void OperationStarted()
    {
        lock (_queue)
        {
            _underWay++;
        }
    }

    /// <summary>Such work has ended.</summary>
    public override void OperationCompleted()
    {
        lock (_queue)
        {
            _underWay--;
            Monitor.Pulse(_queue);
        }
    }

    private void Here(Action action)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    // Waits for a post as long as the patience, asked anew after every sign, lasts.
    private (SendOrPostCallback Callback, object? State)? Next(Func<TimeSpan> patience)
    {
        lock (_queue)
        {
            while (_queue.Count == 0 && patience() is var left && left != TimeSpan.Zero)
            {
                Monitor.Wait(_queue, left);
            }

            return _queue.Count > 0 ? _queue.Dequeue() : null;
        }
    }
}
