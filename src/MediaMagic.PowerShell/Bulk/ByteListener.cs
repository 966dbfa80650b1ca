using System;
using System.Threading;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>Counts an upload's bytes as they move.</summary>
internal sealed class ByteListener(BulkCounts counts) : IProgress<UploadProgress>
{
    private long _sent;

    public void Report(UploadProgress value) => CountTo(value.BytesSent);

    /// <summary>That much is sent in all.</summary>
    public void CountTo(long sent) => counts.Sent(sent - Interlocked.Exchange(ref _sent, sent));
}
