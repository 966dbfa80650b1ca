using System;
using System.Threading;
using MediaMagic.Reports;

namespace MediaMagic.Tests.Reports;

/// <summary>Finishes reports at a time of the test's own, where no other program has them open.</summary>
internal static class ReportFileExtensions
{
    public static void Finish(this ReportFile report, string title, DateTimeOffset now) =>
        report.FinishAsync(title, new FixedClock(now), CancellationToken.None).GetAwaiter().GetResult();

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
