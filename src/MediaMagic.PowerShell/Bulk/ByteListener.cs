using System;
using System.Threading;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>Counts an upload's bytes as they move.</summary>
internal sealed class ByteListener(BulkCounts counts) : IProgress<UploadProgress>
{
    private long _sent;
    private long _resumed;

    public void Report(UploadProgress value) => CountTo(value.BytesSent, value.ResumedBytes);

    /// <summary>Counts the bytes that are done, and those of them that an earlier run sent.</summary>
    public void CountTo(long done, long resumed)
    {
        counts.Spared(resumed - Interlocked.Exchange(ref _resumed, resumed));
        counts.Sent(done - resumed - Interlocked.Exchange(ref _sent, done - resumed));
    }
}
