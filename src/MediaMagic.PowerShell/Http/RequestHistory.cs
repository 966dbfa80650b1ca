using System.Collections.Generic;

namespace MediaMagic.Http;

/// <summary>The last 200 requests of a session.</summary>
internal sealed class RequestHistory
{
    private const int Capacity = 200;
    private readonly Queue<RequestRecord> _records = new(Capacity);

    public RequestRecord[] Snapshot
    {
        get
        {
            lock (_records)
            {
                return _records.ToArray();
            }
        }
    }

    public void Add(RequestRecord record)
    {
        lock (_records)
        {
            if (_records.Count == Capacity)
            {
                _records.Dequeue();
            }

            _records.Enqueue(record);
        }
    }
}
