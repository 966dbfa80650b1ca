using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Webhooks;

/// <summary>
/// Stands between the connections and the pipeline, and decides in one place which events are accepted. An accepted event is first
/// answered and then handed out, so that the end of the pipeline cannot cut off its answer. Events leave in the order in which they
/// were accepted, even if a later answer is written first.
/// </summary>
internal sealed class EventInbox(int? count = null, long roomBytes = EventInbox.DefaultRoom, int memory = EventInbox.DefaultMemory)
{
    private const long DefaultRoom = 32L * 1024 * 1024;
    private const int DefaultMemory = 100_000;

    // What an event weighs beside its body.
    private const int Overhead = 1024;

    private readonly object _gate = new();
    private readonly Queue<(WebhookEvent Event, int Size)> _waiting = new();
    private readonly HashSet<WebhookEvent> _unanswered = [];
    private readonly RecentIds _recent = new(memory);
    private int? _left = count;
    private long _room = roomBytes;
    private TaskCompletionSource<bool>? _news;
    private bool _closed;

    /// <summary>Accepts the event, or returns the reason why not. <see cref="HandOut"/> must follow once it is answered.</summary>
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
            _unanswered.Add(item);
            _closed = --_left == 0;
            return Admission.Taken;
        }
    }

    /// <summary>Hands out an accepted event: its answer was written, or could not be.</summary>
    public void HandOut(WebhookEvent item)
    {
        lock (_gate)
        {
            _unanswered.Remove(item);
            _news?.TrySetResult(true);
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
                    (WebhookEvent item, int size) = _waiting.Peek();
                    if (!_unanswered.Contains(item))
                    {
                        _waiting.Dequeue();
                        _room += size;
                        return item;
                    }
                }
                else if (_closed)
                {
                    return null;
                }

                _news = news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            using CancellationTokenRegistration stopped = stop.Register(() => news.TrySetCanceled(stop));
            await news.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Accepts nothing from now on; what was accepted is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _news?.TrySetResult(true);
        }
    }
}
