using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace MediaMagic.Bulk;

/// <summary>Counts what many stages do at once.</summary>
internal sealed class BulkCounts(TimeProvider clock)
{
    private static readonly string[] s_states =
    [
        SubmitState.Submitted, SubmitState.Complete, SubmitState.Failed, SubmitState.Invalid, SubmitState.Unknown, SubmitState.Skipped, SubmitState.Elsewhere,
    ];

    private readonly long[] _states = new long[s_states.Length];
    private readonly long _began = clock.GetTimestamp();
    private long _files;
    private long _bytes;
    private long _bytesDone;
    private long _bytesSent;

    public BulkProgress Snapshot => new()
    {
        Files = Interlocked.Read(ref _files),
        Done = _states.Sum(),
        States = s_states.Select((state, i) => new KeyValuePair<string, long>(state, Interlocked.Read(ref _states[i])))
            .Where(pair => pair.Value > 0).ToDictionary(pair => pair.Key, pair => pair.Value),
        Bytes = Interlocked.Read(ref _bytes),
        BytesDone = Interlocked.Read(ref _bytesDone),
        BytesSent = Interlocked.Read(ref _bytesSent),
        Elapsed = clock.GetElapsedTime(_began),
    };

    public void Added() => Interlocked.Increment(ref _files);

    public void Checked(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Sent(long bytes)
    {
        Interlocked.Add(ref _bytesSent, bytes);
        Interlocked.Add(ref _bytesDone, bytes);
    }

    public void Spared(long bytes) => Interlocked.Add(ref _bytesDone, bytes);

    public void Ended(string state) => Interlocked.Increment(ref _states[Array.IndexOf(s_states, state)]);
}
