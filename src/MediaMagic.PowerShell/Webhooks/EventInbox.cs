using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Webhooks;

/// <summary>
/// Stands between the connections and the pipeline, and decides in one place what is taken: what is answered with success is in
/// here, and what is in here is handed out.
/// </summary>
internal sealed class EventInbox(int? count = null, long roomBytes = EventInbox.DefaultRoom, int memory = EventInbox.DefaultMemory)
{
    private const long DefaultRoom = 32L * 1024 * 1024;
    private const int DefaultMemory = 100_000;

    // What an event weighs beside its body.
    private const int Overhead = 1024;

    private readonly object _gate = new();
    private readonly Queue<(WebhookEvent Event, int Size)> _waiting = new();
    private readonly RecentIds _recent = new(memory);
    private int? _left = count;
    private long _room = roomBytes;
    private TaskCompletionSource<bool>? _news;
    private bool _closed;

    /// <summary>Takes the event, or says why not.</summary>
    public Admission Offer(WebhookEvent item, int bytes)
    {
        int size = bytes + Overhead;
        lock (_gate)
        {
            if (item.Id is string id && _recent.Contains(id))
            {
                return Admission.Repeat;
            }

            if (_closed)
            {
                return Admission.Closed;
            }

            if (size > _room)
            {
                return Admission.Full;
            }

            if (item.Id is not null)
            {
                _recent.Add(item.Id);
            }

            _room -= size;
            _waiting.Enqueue((item, size));
            _closed = --_left == 0;
            _news?.TrySetResult(true);
            return Admission.Taken;
        }
    }

    /// <summary>The next event; null when there will be no more.</summary>
    public async Task<WebhookEvent?> TakeAsync(CancellationToken stop)
    {
        while (true)
        {
            TaskCompletionSource<bool> news;
            lock (_gate)
            {
                if (_waiting.Count > 0)
                {
                    (WebhookEvent item, int size) = _waiting.Dequeue();
                    _room += size;
                    return item;
                }

                if (_closed)
                {
                    return null;
                }

                _news = news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            using CancellationTokenRegistration stopped = stop.Register(() => news.TrySetCanceled(stop));
            await news.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Takes nothing from now on; what is in here is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _news?.TrySetResult(true);
        }
    }
}
