using System;
using System.Collections.Concurrent;
using System.Linq;

namespace MediaMagic.Http;

/// <summary>The gates of one session, made as buckets are used.</summary>
internal sealed class Gates(TimeProvider clock, Func<int, TimeSpan> backoff, TimeSpan longestWait)
{
    private readonly ConcurrentDictionary<string, BucketGate> _gates = new(StringComparer.Ordinal);

    public GateStatus[] Status => [.. _gates.OrderBy(gate => gate.Key, StringComparer.Ordinal).Select(gate => gate.Value.Status)];

    public BucketGate this[string bucket] => _gates.GetOrAdd(bucket, name => new BucketGate(name, clock, backoff, longestWait));
}
