using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Commands;

/// <summary>
/// Lets asynchronous work continue on the pipeline thread: that thread runs everything posted here until the work
/// is done, so that writing to the pipeline after an await is a plain call.
/// </summary>
internal sealed class PumpContext : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    /// <summary>Runs the work to its end on this thread.</summary>
    public static void Run(Func<PumpContext, Task> work)
    {
        SynchronizationContext? before = Current;
        PumpContext pump = new();
        SetSynchronizationContext(pump);
        try
        {
            Task task = work(pump);
            task.ContinueWith(_ => pump._queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            foreach ((SendOrPostCallback callback, object? state) in pump._queue.GetConsumingEnumerable())
            {
                callback(state);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
            pump._queue.Dispose();
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _queue.Add((d, state));
        }
        catch (InvalidOperationException)
        {
            // The work is done: what comes later has nobody to tell.
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("The pump takes posts only.");

    public override SynchronizationContext CreateCopy() => this;
}
