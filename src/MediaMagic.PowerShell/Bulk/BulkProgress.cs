using System;
using System.Collections.Generic;

namespace MediaMagic.Bulk;

/// <summary>How far a bulk run is.</summary>
public sealed class BulkProgress
{
    /// <summary>The files that were added so far.</summary>
    public long Files { get; init; }

    /// <summary>How many of these have ended.</summary>
    public long Done { get; init; }

    /// <summary>How many ended in which state.</summary>
    public IReadOnlyDictionary<string, long> States { get; init; } = new Dictionary<string, long>();

    /// <summary>The bytes of all files checked so far.</summary>
    public long Bytes { get; init; }

    /// <summary>The bytes that are sent, or need not be.</summary>
    public long BytesDone { get; init; }

    /// <summary>The bytes sent by this run.</summary>
    public long BytesSent { get; init; }

    /// <summary>How long the run has taken so far.</summary>
    public TimeSpan Elapsed { get; init; }
}
