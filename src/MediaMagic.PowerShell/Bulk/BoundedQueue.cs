using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Bulk;

/// <summary>What one stage leaves for the next: when it is full, the one before waits.</summary>
internal sealed class BoundedQueue<T>(int capacity) : IDisposable
    where T : class
{
    private readonly ConcurrentQueue<T> _items = new();
    private readonly SemaphoreSlim _room = new(capacity);
    private readonly SemaphoreSlim _ready = new(0);

    /// <summary>Adds an item as soon as there is room.</summary>
    public async Task AddAsync(T item, CancellationToken stop)
    {
        await _room.WaitAsync(stop).ConfigureAwait(false);
        _items.Enqueue(item);
        _ready.Release();
    }

    /// <summary>Nothing more will be added.</summary>
    public void Complete() => _ready.Release();

    /// <summary>The next item; null when there will be no more.</summary>
    public async Task<T?> TakeAsync(CancellationToken stop)
    {
        await _ready.WaitAsync(stop).ConfigureAwait(false);
        if (TryDequeue() is T item)
        {
            return item;
        }

        _ready.Release(); // The end is there for all readers.
        return null;
    }

    /// <summary>The next item, if it is there already.</summary>
    public T? TryTake()
    {
        if (_items.IsEmpty || !_ready.Wait(0))
        {
            return null;
        }

        if (TryDequeue() is T item)
        {
            return item;
        }

        _ready.Release();
        return null;
    }

    public void Dispose()
    {
        _room.Dispose();
        _ready.Dispose();
    }

    private T? TryDequeue()
    {
        if (!_items.TryDequeue(out T? item))
        {
            return null;
        }

        _room.Release();
        return item;
    }
}
