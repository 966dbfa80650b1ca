using System;
using System.IO;
using System.Runtime.Versioning;
using MediaMagic.Reports;
using MediaMagic.Tests.Files;
using Xunit;

namespace MediaMagic.Tests.Reports;

/// <summary>What is at a report's place already is treated with care.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReportTargetTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TempFolder _folder = new();

    private string Target => _folder.At("report.html");

    public void Dispose() => _folder.Dispose();

    [UnixFact(linuxOnly: true)]
    public void A_file_keeps_its_mode_and_the_new_one_is_at_no_time_for_others_to_read()
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, Private);
        using (ReportFile report = new(Target))
        {
            Assert.All(Directory.GetFiles(_folder.Path), static file => Assert.Equal(Private, File.GetUnixFileMode(file)));
            report.Finish("New", DateTimeOffset.UtcNow);
        }

        AssertReport(Target);
        Assert.Equal(Private, File.GetUnixFileMode(Target));
    }

    [UnixFact(linuxOnly: true)]
    public void A_file_that_is_shared_and_one_that_is_new_are_for_others_to_read()
    {
        const UnixFileMode shared = Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        File.WriteAllText(Target, "old");
        UnixFileMode usual = File.GetUnixFileMode(Target);
        File.SetUnixFileMode(Target, shared);
        Write(Target);
        Assert.Equal(shared, File.GetUnixFileMode(Target));
        Write(_folder.At("new.html"));
        Assert.Equal(usual, File.GetUnixFileMode(_folder.At("new.html")));
    }

    [UnixFact]
    public void A_read_only_file_is_left_as_it_is()
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.Contains("read-only", AssertRefused<IOException>(Target), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [UnixFact]
    public void A_file_that_becomes_read_only_meanwhile_is_left_as_it_is()
    {
        File.WriteAllText(Target, "old");
        using ReportFile report = new(Target);
        File.SetUnixFileMode(Target, UnixFileMode.UserRead);
        Assert.Throws<IOException>(() => report.Finish("New", DateTimeOffset.UtcNow));
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [UnixFact(linuxOnly: true)]
    public void A_file_that_only_others_may_write_is_left_as_it_is_in_a_folder_for_all()
    {
        // Neither its owner nor its group may: whoever runs this is refused.
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherWrite);
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);
        Assert.Contains(Target, Stranger.Run(() => AssertRefused<UnauthorizedAccessException>(Target)), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_link_is_followed_to_the_file_that_is_there()
    {
        string folder = Directory.CreateDirectory(_folder.At("elsewhere")).FullName;
        string real = Path.Combine(folder, "real.html");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(_folder.At("middle.html"), real);
        File.CreateSymbolicLink(Target, "middle.html");
        using (ReportFile report = new(Target))
        {
            Assert.Equal(2, Directory.GetFiles(folder).Length);
            report.Finish("New", DateTimeOffset.UtcNow);
        }

        AssertReport(real);
        Assert.Equal("middle.html", new FileInfo(Target).LinkTarget);
        Assert.Single(Directory.GetFiles(folder));
    }

    [UnixFact]
    public void A_link_to_what_is_not_there_stays_one()
    {
        string real = _folder.At("real.html");
        File.CreateSymbolicLink(Target, "real.html");
#if STANDARD
        Assert.Contains("does not exist", AssertRefused<FileNotFoundException>(Target), StringComparison.Ordinal);
        Assert.False(File.Exists(real));
#else
        Write(Target);
        AssertReport(real);
#endif
        Assert.Equal("real.html", new FileInfo(Target).LinkTarget);
    }

    [UnixFact]
    public void A_link_that_leads_to_itself_is_refused()
    {
        File.CreateSymbolicLink(Target, Target);
        AssertRefused<IOException>(Target);
        Assert.Equal(Target, new FileInfo(Target).LinkTarget);
    }

    [UnixFact(linuxOnly: true)]
    public void A_pipe_and_a_link_to_one_are_refused()
    {
        string pipe = _folder.At("pipe");
        Assert.Equal(0, UnixCalls.MakePipe(pipe, 0x1B6));
        File.CreateSymbolicLink(Target, pipe);
        Assert.Contains("named pipe", AssertRefused<IOException>(pipe), StringComparison.Ordinal);
        Assert.Contains("named pipe", AssertRefused<IOException>(Target), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        string message = AssertRefused<DirectoryNotFoundException>(_folder.At(Path.Combine("no", "report.html")));
        Assert.Equal($"there is no folder '{_folder.At("no")}'", message);
    }

    [UnixFact]
    public void A_report_may_have_the_longest_name_of_the_file_system()
    {
        string path = _folder.At(new string('n', 250) + ".html");
        Write(path);
        AssertReport(path);
    }

    private static void Write(string path)
    {
        using ReportFile report = new(path);
        report.Finish("New", DateTimeOffset.UtcNow);
    }

    private static void AssertReport(string path) => Assert.EndsWith("</html>\n", File.ReadAllText(path), StringComparison.Ordinal);

    // Nothing is made beside it, either.
    private string AssertRefused<TException>(string path)
        where TException : Exception
    {
        string[] before = Directory.GetFileSystemEntries(_folder.Path);
        string message = Assert.Throws<TException>(() => new ReportFile(path)).Message;
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
        return message;
    }
}
