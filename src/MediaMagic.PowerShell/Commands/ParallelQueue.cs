using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Commands;

/// <summary>Keeps so many pieces of work going at once; each goes on on the pipeline thread, so they need no locks.</summary>
internal sealed class ParallelQueue
{
    private readonly List<Task> _running = [];

    /// <summary>Starts the work as soon as there is room for it.</summary>
    public async Task AddAsync(Func<Task> work, int limit)
    {
        // After work that ended everything nothing more begins.
        while (_running.Count >= limit || _running.Exists(static task => task.IsCompleted))
        {
            await OneAsync();
        }

        _running.Add(RunAsync(work));
    }

    /// <summary>Waits for all that is still running.</summary>
    public async Task FinishAsync()
    {
        while (_running.Count > 0)
        {
            await OneAsync();
        }
    }

    // When one ends everything, the pipeline waits for the others.
    private static async Task RunAsync(Func<Task> work)
    {
        SynchronizationContext pipeline = SynchronizationContext.Current!;
        pipeline.OperationStarted();
        try
        {
            await work();
        }
        finally
        {
            pipeline.OperationCompleted();
        }
    }

    private async Task OneAsync()
    {
        Task done = await Task.WhenAny(_running);
        _running.Remove(done);
        await done;
    }
}
