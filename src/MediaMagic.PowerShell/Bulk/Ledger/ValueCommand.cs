using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>A command with an outcome.</summary>
internal abstract class ValueCommand<T> : LedgerCommand
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _outcome = default!;

    /// <summary>Gets the task that ends with the command.</summary>
    public Task<T> Done => _done.Task;

    public sealed override void Finish() => _done.TrySetResult(_outcome);

    public sealed override void Fail(MediaMagicException failure) => _done.TrySetException(failure);

    /// <summary>No statement is left, and this is the outcome.</summary>
    protected void End(T outcome)
    {
        _outcome = outcome;
        Next = null;
    }
}
