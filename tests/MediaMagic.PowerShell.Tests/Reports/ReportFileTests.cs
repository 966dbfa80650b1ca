using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using MediaMagic.Reports;
using Xunit;

namespace MediaMagic.Tests.Reports;

/// <summary>A report takes its place as a whole or not at all.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mediamagic-report-").FullName;

    private string Target => Path.Combine(_folder, "report.html");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Replaces_an_older_one_only_when_it_is_whole()
    {
        File.WriteAllText(Target, "old");
        using (ReportFile report = new(Target))
        {
            report.Add(ReportSample.Complete());
            Assert.Equal("old", File.ReadAllText(Target));
            report.Finish("New", DateTimeOffset.UtcNow);
            Assert.EndsWith("</html>\n", File.ReadAllText(Target), StringComparison.Ordinal);
        }

        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Leaves_nothing_behind_when_it_is_given_up()
    {
        File.WriteAllText(Target, "old");
        using (ReportFile report = new(Target))
        {
            report.Add(ReportSample.Complete());
        }

        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void Fails_before_it_begins_where_nothing_can_be_written()
    {
        Assert.Throws<DirectoryNotFoundException>(() => new ReportFile(Path.Combine(_folder, "missing", "report.html")));
        Assert.Throws<IOException>(() => new ReportFile(_folder));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Forgets_what_it_has_written()
    {
        using ReportFile report = new(Target);
        WeakReference[] added = [.. Enumerable.Range(0, 20).Select(_ => Add(report))];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(added, static submission => submission.IsAlive);
        report.Finish("Large", DateTimeOffset.UtcNow);
        Assert.InRange(new FileInfo(Target).Length, 3_000_000, long.MaxValue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Add(ReportFile report)
    {
        ReportSubmission submission = ReportSample.Complete();
        submission.Assets[0].Read!.Issues = [.. Enumerable.Range(1, 250).Select(ReportSample.Issue)];
        report.Add(submission);
        return new WeakReference(submission.Assets[0].Read!.Issues);
    }
}
