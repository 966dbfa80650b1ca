using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Transfer;

/// <summary>As many senders as the governor allows; the first failure ends them all.</summary>
internal sealed class BlockCrew(BlockSet blocks, ParallelGovernor governor, Func<int, Task> send, CancellationTokenSource source)
{
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private int _working;
    private Exception? _failure;

    /// <summary>Sends all blocks; ends when the last sender did.</summary>
    public Task RunAsync()
    {
        Hire(1);
        Hire(governor.Allowed);
        return _end.Task;
    }

    private void Hire(int wanted)
    {
        lock (_gate)
        {
            for (; _working < wanted; _working++)
            {
                _ = Task.Run(WorkAsync);
            }
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            while (!source.IsCancellationRequested && blocks.TryTake(out int index))
            {
                await send(index).ConfigureAwait(false);
                if (IsTooMany())
                {
                    return;
                }

                Hire(Math.Min(governor.Allowed, blocks.Count - blocks.Taken));
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            source.Cancel();
        }

        Leave();
    }

    private bool IsTooMany()
    {
        lock (_gate)
        {
            bool tooMany = _working > Math.Max(1, governor.Allowed);
            _working -= tooMany ? 1 : 0;
            return tooMany;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_working > 0)
            {
                return;
            }
        }

        if (_failure is not null)
        {
            _end.TrySetException(_failure);
        }
        else if (source.IsCancellationRequested)
        {
            _end.TrySetCanceled(source.Token);
        }
        else
        {
            _end.TrySetResult(true);
        }
    }
}
