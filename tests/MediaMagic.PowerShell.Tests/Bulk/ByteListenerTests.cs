using System;
using MediaMagic.Bulk;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>The bytes of a run's uploads, as its progress shows them.</summary>
public sealed class ByteListenerTests
{
    [Fact]
    public void Report_counts_resumed_bytes_as_done_and_not_as_sent()
    {
        BulkCounts counts = new(TimeProvider.System);
        ByteListener listener = new(counts);
        listener.Report(new UploadProgress(400, 1000, 0, null) { ResumedBytes = 400 });
        Assert.Equal((400L, 0L), (counts.Snapshot.BytesDone, counts.Snapshot.BytesSent));
        listener.Report(new UploadProgress(700, 1000, 0, null) { ResumedBytes = 300 });
        Assert.Equal((700L, 400L), (counts.Snapshot.BytesDone, counts.Snapshot.BytesSent));
        listener.CountTo(1000, 300);
        Assert.Equal((1000L, 700L), (counts.Snapshot.BytesDone, counts.Snapshot.BytesSent));
    }

    [Fact]
    public void CountTo_takes_back_an_upload_that_failed()
    {
        BulkCounts counts = new(TimeProvider.System);
        ByteListener listener = new(counts);
        listener.Report(new UploadProgress(700, 1000, 0, null) { ResumedBytes = 400 });
        listener.CountTo(0, 0);
        Assert.Equal((0L, 0L), (counts.Snapshot.BytesDone, counts.Snapshot.BytesSent));
    }
}
