using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic.Webhooks;

/// <summary>The ids seen last; the oldest are forgotten, so that the memory has a bound.</summary>
internal sealed class RecentIds(int capacity)
{
    // Of longer ones, which only a sender up to no good would make, a hash is kept.
    private const int LongestKept = 64;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool Contains(string id) => _known.Contains(Key(id));

    public void Add(string id)
    {
        string key = Key(id);
        if (!_known.Add(key))
        {
            return;
        }

        _order.Enqueue(key);
        if (_order.Count > capacity)
        {
            _known.Remove(_order.Dequeue());
        }
    }

    private static string Key(string id) =>
        id.Length <= LongestKept ? id : "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
