using System.Collections.Generic;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>The progress that an upload reports.</summary>
public sealed class ProgressMeterTests
{
    private readonly FakeClock _clock = new();
    private readonly List<UploadProgress> _reports = [];

    [Fact]
    public void Add_reports_the_rate_of_what_moved()
    {
        ProgressMeter meter = Begin();
        Assert.Equal(new UploadProgress(400, 1000, 400, System.TimeSpan.FromSeconds(1.5)), Next(meter, 400));
    }

    // The bytes that were shown before are sent again, so nothing moves until there are more.
    [Fact]
    public void Add_reports_no_rate_while_lost_blocks_are_sent_again()
    {
        ProgressMeter meter = Begin();
        Next(meter, 400);
        meter.Restart();
        Assert.Equal(new UploadProgress(400, 1000, 0, null), Next(meter, 100));
        Assert.Equal(new UploadProgress(500, 1000, 50, System.TimeSpan.FromSeconds(10)), Next(meter, 400));
    }

    private ProgressMeter Begin()
    {
        ProgressMeter meter = new(new Progress(_reports.Add), 1000, _clock);
        meter.Restart();
        return meter;
    }

    private UploadProgress Next(ProgressMeter meter, int bytes)
    {
        _clock.Advance(1);
        meter.Add(bytes);
        return _reports[^1];
    }
}
