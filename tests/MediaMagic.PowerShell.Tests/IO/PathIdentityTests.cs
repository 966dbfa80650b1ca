using System.IO;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using Xunit;

namespace MediaMagic.Tests.IO;

/// <summary>Which spellings are one file, by the rules of each system.</summary>
public sealed class PathIdentityTests
{
    private static readonly PathIdentity s_windows = PathIdentity.Windows.With(static (_, _) => true);
    private static readonly PathIdentity s_mac = PathIdentity.MacOS.With(static (_, _) => true).With(Forms.Compose);

    [Theory]
    [InlineData(@"C:\Data\clip.mp4", @"c:\data\CLIP.mp4")]
    [InlineData(@"C:\Data\clip.mp4", @"C:/Data/clip.mp4")]
    [InlineData(@"C:\Data\clip.mp4", @"\\?\C:\Data\clip.mp4")]
    [InlineData(@"C:\Data\clip.mp4", @"\\.\C:\Data\clip.mp4")]
    [InlineData(@"C:\Data\clip.mp4", @"//./C:/Data/clip.mp4")]
    [InlineData(@"C:\Data\clip.mp4", @"C:\Data.\clip.mp4. .")]
    [InlineData(@"\\server\share\clip.mp4", @"\\?\UNC\Server\Share\clip.mp4")]
    [InlineData(@"\\server\share\clip.mp4", @"\\.\unc\server\share\clip.mp4")]
    [InlineData("C:\\Data\\\u00E4.mp4", "C:\\Data\\\u00C4.mp4")]
    public void Windows_has_several_spellings_of_one_path(string path, string other) => Assert.True(s_windows.AreSame(path, other));

    [Theory]
    [InlineData(@"C:\Data\clip.mp4", @"D:\Data\clip.mp4")]
    [InlineData(@"C:\Data\clip.mp4", @"C:\Data\clip.mp")]
    [InlineData(@"C:\Data\clip.mp4", @"\\?\C:\Data\clip.mp4.")]
    [InlineData(@"C:\Data\a..\x", @"C:\Data\a\x")]
    [InlineData(@"\\server\share\x", @"\\server\other\x")]
    [InlineData(@"\\?\Volume{1}\x", @"Volume{1}\x")]
    [InlineData("C:\\\u00E9", "C:\\e\u0301")]
    public void Windows_tells_these_paths_apart(string path, string other) => Assert.False(s_windows.AreSame(path, other));

    [Theory]
    [InlineData("/Data/\u00E9.mp4", "/data/e\u0301.MP4", true)]
    [InlineData("/Data/a.mp4", "/Data/a.mp4.", false)]
    [InlineData("/Data/a\\b", "/Data/a/b", false)]
    public void MacOS_folds_case_and_form(string path, string other, bool same) => Assert.Equal(same, s_mac.AreSame(path, other));

    [Theory]
    [InlineData("/Data/a", "/Data/A")]
    [InlineData("/Data/\u00E9", "/Data/e\u0301")]
    public void Linux_tells_all_spellings_apart(string path, string other)
    {
        Assert.False(PathIdentity.Linux.AreSame(path, other));
        Assert.Null(PathIdentity.Linux.NameKeyOf(path));
    }

    [Fact]
    public void Half_of_a_pair_is_a_name_like_others() => Assert.True(s_mac.AreSame("/a\uD800", "/A\uD800"));

    [UnixFact]
    public void Two_files_whose_names_differ_in_case_are_two_also_by_the_rules_of_Windows()
    {
        using TempFolder folder = new();
        string path = folder.Write("clip.mp4", [1]);
        Assert.Null(PathIdentity.Windows.NameKeyOf(path));
        Assert.Null(PathIdentity.Windows.NameKeyOf(folder.Write("CLIP.MP4", [1])));
        Assert.False(PathIdentity.Windows.AreNamesSame(path, folder.At("CLIP.MP4")));

        // The Unicode form of a name never counts on macOS.
        PathIdentity mac = PathIdentity.MacOS.With(Forms.Compose);
        Assert.Equal("macos-case/\u00E9.mp4", mac.NameKeyOf(folder.Write("\u00E9.mp4", [1])));
        Assert.Equal("macos-case/\u00E9.mp4", mac.NameKeyOf(folder.Write("e\u0301.mp4", [1])));
        Assert.Equal("macos-case/clip.mp4", mac.NameKeyOf(path));
    }

    [UnixFact]
    public void One_file_under_two_cases_of_its_name_is_one()
    {
        using TempFolder folder = new();
        string path = folder.Write("clip.mp4", [1]);
        Assert.Equal(0, UnixCalls.Link(path, folder.At("CLIP.MP4")));
        Assert.Equal("windows/CLIP.MP4", PathIdentity.Windows.NameKeyOf(path));
        Assert.True(PathIdentity.Windows.AreNamesSame(path, folder.At("CLIP.MP4")));
        File.Delete(path);
        Assert.Equal("windows/CLIP.MP4", PathIdentity.Windows.NameKeyOf(path));
    }
}
