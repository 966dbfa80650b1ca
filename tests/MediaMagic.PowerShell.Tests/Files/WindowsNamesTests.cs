using System;
using System.IO;
using MediaMagic.Files;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>What a check says of names that Windows does not allow, and of shares that cannot be reached.</summary>
public sealed class WindowsNamesTests
{
    // As Windows 11 does: NUL is a device in every folder, the others only without a folder.
    private static readonly WindowsNames s_names = new(path =>
        path.EndsWith(@"\NUL", StringComparison.OrdinalIgnoreCase) ? @"\\.\NUL" : path is "CON" or "COM1" ? @"\\.\" + path : path);

    [Theory]
    [InlineData(@"C:\Data\a*.txt", "contains the character '*'")]
    [InlineData(@"C:\Data\a<b.txt", "contains the character '<'")]
    [InlineData(@"C:\Data\a:b.txt", "contains the character ':'")]
    [InlineData(@"\\?\C:\Data\a?.txt", "contains the character '?'")]
    [InlineData("C:\\Data\\a\tb.txt", "the control character U+0009")]
    [InlineData(@"C:\Data\CON", "keeps the name 'CON' for a device")]
    [InlineData(@"C:\Data\nul.txt", "keeps the name 'nul.txt' for a device")]
    [InlineData("C:\\Data\\COM\u00B9.mp4", "for a device")]
    [InlineData("LPT9. ", "keeps the name 'LPT9' for a device")]
    public void Check_says_what_Windows_does_not_allow(string path, string reason)
    {
        FileProblem problem = Assert.Single(Check(path, SightKind.Denied).Problems);
        Assert.Equal(FileProblemCode.NotReadable, problem.Code);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Contains("access is denied", new FileChecker(new StubProbe(new(SightKind.Denied))).Check(path).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_says_that_a_name_is_a_device_when_Windows_opens_one()
    {
        Assert.Contains("'NUL' for a device", Assert.Single(Check(@"C:\Data\NUL", SightKind.File).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("'COM1' for a device", Assert.Single(Check("COM1", SightKind.Missing).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"C:\Data\CONSOLE.txt")]
    [InlineData(@"C:\CON.d\a.txt")]
    [InlineData(@"\\?\C:\Data\CON")]
    [InlineData("//?/C:/Data/a.txt")]
    [InlineData(@"\\server\share\a.txt")]
    [InlineData(@"\\.\COM1")]
    public void Explain_returns_nothing_for_a_name_that_Windows_allows(string path) => Assert.Null(s_names.Explain(path, SightKind.Denied));

    [Fact]
    public void Explain_returns_nothing_for_a_file_that_Windows_has()
    {
        Assert.Null(s_names.Explain(@"C:\Data\NUL.txt", SightKind.File));
        Assert.Null(s_names.Explain(@"C:\Data\a.txt:stream", SightKind.File));
        Assert.Null(s_names.Explain(@"C:\Data\CON", SightKind.Missing));
    }

    [Fact]
    public void Explain_goes_by_the_name_when_the_path_has_no_full_form()
    {
        WindowsNames names = new(_ => throw new ArgumentException("Illegal characters in path."));
        Assert.Contains("for a device", names.Explain(@"C:\Data\NUL", SightKind.BadPath), StringComparison.Ordinal);
        Assert.Contains("character '|'", names.Explain(@"C:\Data\a|b.txt", SightKind.BadPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt.")]
    [InlineData("a.txt ")]
    [InlineData("a.txt. .")]
    public void Check_judges_the_name_that_Windows_opens(string name)
    {
        FileCheck check = Check("C:/Data/" + name, SightKind.File);
        Assert.Equal(("a.txt", "text/plain"), (check.Name, check.ContentType));
        FileCheck other = new FileChecker(new StubProbe(new(SightKind.File))).Check("C:/Data/" + name);
        Assert.Equal((name, null), (other.Name, other.ContentType));
    }

    [Theory]
    [InlineData(@"\\?\C:\a.txt.")]
    [InlineData("..")]
    [InlineData(@"C:\ ")]
    public void Opened_returns_a_path_that_Windows_does_not_trim(string path) => Assert.Equal(path, WindowsNames.Opened(path));

    [Theory]
    [InlineData(51)]
    [InlineData(53)]
    [InlineData(59)]
    [InlineData(64)]
    [InlineData(67)]
    [InlineData(1222)]
    [InlineData(1231)]
    public void Check_says_that_a_share_cannot_be_reached(int code)
    {
        FileProblem problem = Assert.Single(CheckFailing(unchecked((int)0x80070000) | code).Problems);
        Assert.Equal(FileProblemCode.NotReadable, problem.Code);
        Assert.Contains("its share or server cannot be reached", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(unchecked((int)0x80070005))]
    [InlineData(53)]
    public void Check_says_that_access_is_denied_after_another_failure(int result) =>
        Assert.Contains("access is denied", Assert.Single(CheckFailing(result).Problems).Message, StringComparison.Ordinal);

    private static FileCheck Check(string path, SightKind kind) => new FileChecker(new StubProbe(new(kind)), s_names).Check(path);

    private static FileCheck CheckFailing(int result) => new FileChecker(new FailingProbe(result), s_names).Check(@"\\server\share\a.txt");

    private sealed class FailingProbe(int result) : FileProbe
    {
        protected override Sighting LookAt(string path) => throw new IOException("No.", result);
    }
}
