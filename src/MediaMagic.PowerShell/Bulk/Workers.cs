using System;
using System.Linq;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>Has so many workers take from a queue until it ends or the run does.</summary>
internal static class Workers
{
    public static Task RunAsync<T>(BulkContext run, BoundedQueue<T> queue, int count, Func<T, Task> work)
        where T : class => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => RunOneAsync(run, queue, work))));

    private static async Task RunOneAsync<T>(BulkContext run, BoundedQueue<T> queue, Func<T, Task> work)
        where T : class
    {
        try
        {
            while (await queue.TakeAsync(run.Stop).ConfigureAwait(false) is T item)
            {
                await work(item).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            // The run says why.
        }
        catch (Exception failure)
        {
            run.Fail(BulkErrors.Known(failure));
        }
    }
}
