using System;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Something to be done in a transaction, and its outcome.</summary>
internal sealed class LedgerWork<T>(Func<LedgerSession, Task<T>> work) : ILedgerWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _outcome = default!;

    public Task<T> Done => _done.Task;

    public async Task DoAsync(LedgerSession session) => _outcome = await work(session).ConfigureAwait(false);

    public void Finish() => _done.TrySetResult(_outcome);

    public void Fail(MediaMagicException failure) => _done.TrySetException(failure);
}
