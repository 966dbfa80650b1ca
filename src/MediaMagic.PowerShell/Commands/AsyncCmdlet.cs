using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Commands;

/// <summary>A cmdlet whose work is asynchronous, and which Ctrl+C ends at once.</summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PumpContext _pump = new();

    // How long a command that ends waits for work that is still running.
    internal static TimeSpan EndTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs <see cref="BeginAsync"/>.</summary>
    protected sealed override void BeginProcessing() => Run(BeginAsync);

    /// <summary>Runs <see cref="ProcessAsync"/>.</summary>
    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    /// <summary>Runs <see cref="EndAsync"/>.</summary>
    protected sealed override void EndProcessing() => Run(EndAsync);

    /// <summary>Cancels the work under way.</summary>
    protected sealed override void StopProcessing() => Cancel();

    /// <summary>Runs before the first input.</summary>
    protected virtual Task BeginAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs for every input.</summary>
    protected virtual Task ProcessAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Runs after the last input.</summary>
    protected virtual Task EndAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>Does one item's work: what goes wrong with it becomes one error, and the next item goes on.</summary>
    protected async Task Attempt(object? target, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            await work();
        }
        catch (Exception failure) when (ErrorRecords.From(failure, target) is ErrorRecord record)
        {
            WriteError(record);
        }
    }

    /// <summary>Writes an error that came about without an exception.</summary>
    private protected void WriteError(ApiError error, object? target) => WriteError(ErrorRecords.From(new MediaMagicException(error), target));

    /// <summary>Ends the command with an error.</summary>
    private protected void Fail(ApiError error, object? target = null) => ThrowTerminatingError(ErrorRecords.From(new MediaMagicException(error), target));

    /// <summary>Has the pipeline thread do something, from whichever thread.</summary>
    private protected void OnPipeline(Action action) => _pump.Tell(action);

    /// <summary>Makes the end of the command wait for work that goes on beside the pipeline, within the limit for all its work.</summary>
    private protected void Track(Task work) => _pump.Track(work);

    /// <summary>Frees what the command holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the command holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndWork();
            _stop.Dispose();
        }
    }

    private void Run(Func<CancellationToken, Task> work)
    {
        try
        {
            _pump.Run(() => work(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            EndWork();
            throw new PipelineStoppedException();
        }
        catch (Exception failure)
        {
            EndWork();
            if (failure is not PipelineStoppedException && ErrorRecords.From(failure, null) is ErrorRecord record)
            {
                ThrowTerminatingError(record);
            }

            throw;
        }
    }

    // However the command ends, nothing that it began goes on, and nothing of it writes to a pipeline that is over.
    private void EndWork()
    {
        Cancel();
        ICommandRuntime runtime = CommandRuntime;
        CommandRuntime = new EndedRuntime();
        try
        {
            _pump.End(EndTimeout);
        }
        finally
        {
            CommandRuntime = runtime;
        }
    }

    private void Cancel()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at the same moment.
        }
    }
}
