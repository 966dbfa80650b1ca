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
    public void Dispose_does_not_fail_a_report_when_a_temporary_file_cannot_be_removed()
    {
        using (ReportFile report = new(Target))
        {
            string issues = Assert.Single(Directory.GetFiles(_folder));
            report.Finish("New", DateTimeOffset.UtcNow);
            PutFolderAt(issues);
        }

        Assert.EndsWith("</html>\n", File.ReadAllText(Target), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_does_not_hide_why_a_report_was_not_written()
    {
        Exception failure = Assert.Throws<IOException>(() =>
        {
            using ReportFile report = new(Target);
            Directory.CreateDirectory(Target);
            try
            {
                report.Finish("New", DateTimeOffset.UtcNow);
            }
            finally
            {
                PutFolderAt(Assert.Single(Directory.GetFiles(_folder, "*.tmp")));
            }
        });
        Assert.Contains("it is a folder", failure.Message, StringComparison.Ordinal);
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
    // File.Delete fails at a folder, as at a file that another program holds on Windows.
    private static void PutFolderAt(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(path);
    }

    private static WeakReference Add(ReportFile report)
    {
        ReportSubmission submission = ReportSample.Complete();
        submission.Assets[0].Read!.Issues = [.. Enumerable.Range(1, 250).Select(ReportSample.Issue)];
        report.Add(submission);
        return new WeakReference(submission.Assets[0].Read!.Issues);
    }
}
