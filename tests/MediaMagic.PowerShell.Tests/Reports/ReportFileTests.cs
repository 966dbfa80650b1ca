using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
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
    public void Holds_little_of_a_large_report_in_memory()
    {
        using ReportFile report = new(Target);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 40; i++)
        {
            ReportSubmission submission = ReportSample.Complete();
            submission.Assets[0].Read!.Issues = [.. Enumerable.Range(1, 250).Select(ReportSample.Issue)];
            report.Add(submission);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2 * 1024 * 1024);
        report.Finish("Large", DateTimeOffset.UtcNow);
        Assert.InRange(new FileInfo(Target).Length, 6_000_000, long.MaxValue);
    }
}
