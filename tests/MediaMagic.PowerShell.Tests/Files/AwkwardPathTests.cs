using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using MediaMagic.Files;
using MediaMagic.Tests.Files.Samples;
using Xunit;

namespace MediaMagic.Tests.Files;

/// <summary>Paths that lead nowhere, to what is no file, or to what may not be read: an answer at once, never an exception.</summary>
public abstract class AwkwardPathTests : IDisposable
{
    private readonly FileChecker _checker;
    private readonly bool _knowsPipes;
    private readonly TempFolder _folder = new();

    private protected AwkwardPathTests(FileProbe probe)
    {
        _checker = new(probe);
        _knowsPipes = probe is LinuxProbe;
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Folders_are_not_readable()
    {
        await AssertProblem(FileProblemCode.NotReadable, _folder.Path, "folder");
        await AssertProblem(FileProblemCode.NotReadable, _folder.Path + Path.DirectorySeparatorChar, "folder");
    }

    [Fact]
    public async Task Paths_that_cannot_be_are_not_found()
    {
        await AssertProblem(FileProblemCode.NotFound, string.Empty);
        await AssertProblem(FileProblemCode.NotFound, "a\0b.txt");
        await AssertProblem(FileProblemCode.NotFound, _folder.Write("real.txt", [65]) + "\0");
        await AssertProblem(FileProblemCode.NotFound, _folder.At(new string('n', 300)));
        await AssertProblem(FileProblemCode.NotFound, _folder.At(string.Join('/', Enumerable.Repeat("deep", 5000))));
        await AssertProblem(FileProblemCode.NotFound, Path.Combine(_folder.At("none"), "none.txt"));
        await AssertProblem(FileProblemCode.NotFound, Path.Combine(_folder.Write("file.txt", [65]), "inside.txt"));
    }

    [Fact]
    public void No_path_at_all_is_the_callers_mistake() => Assert.Throws<ArgumentNullException>(() => _checker.Check(null!));

    [UnixFact]
    public async Task Links_are_followed_to_their_end()
    {
        File.CreateSymbolicLink(_folder.At("good.png"), _folder.Write("target.png", Pictures.Png()));
        File.CreateSymbolicLink(_folder.At("again.png"), _folder.At("good.png"));
        FileCheck check = await Check(_folder.At("again.png"));
        Assert.True(check.IsValid, check.ToString());
        Assert.Equal(Pictures.Png().Length, check.Length);

        File.CreateSymbolicLink(_folder.At("empty-link.png"), _folder.Write("empty", []));
        await AssertProblem(FileProblemCode.Empty, _folder.At("empty-link.png"));

        File.CreateSymbolicLink(_folder.At("folder.png"), _folder.Path);
        await AssertProblem(FileProblemCode.NotReadable, _folder.At("folder.png"), "folder");

        File.CreateSymbolicLink(_folder.At("broken.png"), _folder.At("nothing"));
        await AssertProblem(FileProblemCode.NotFound, _folder.At("broken.png"), "link");
    }

    [UnixFact]
    public async Task Links_in_a_circle_end()
    {
        File.CreateSymbolicLink(_folder.At("one.png"), _folder.At("two.png"));
        File.CreateSymbolicLink(_folder.At("two.png"), _folder.At("one.png"));
        FileCheck check = await Check(_folder.At("one.png"));
        Assert.Equal(_knowsPipes ? FileProblemCode.NotReadable : FileProblemCode.NotFound, Assert.Single(check.Problems).Code);
    }

    [UnixFact]
    public async Task Pipes_sockets_and_devices_are_never_waited_for()
    {
        string pipe = _folder.At("pipe.mp4");
        Assert.Equal(0, UnixCalls.MakePipe(pipe, 0x1B6));
        File.CreateSymbolicLink(_folder.At("link.mp4"), pipe);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.At("socket.mp4")));

        string expected = _knowsPipes ? FileProblemCode.NotReadable : FileProblemCode.Empty;
        await AssertProblem(expected, pipe, _knowsPipes ? "pipe" : "empty");
        await AssertProblem(expected, _folder.At("link.mp4"));
        await AssertProblem(expected, _folder.At("socket.mp4"), _knowsPipes ? "socket" : "empty");
        await AssertProblem(expected, "/dev/null");
        await AssertProblem(expected, "/dev/zero", _knowsPipes ? "device" : "empty");
    }

    [UnixFact(linuxOnly: true)]
    [UnsupportedOSPlatform("windows")]
    public void Files_of_others_are_not_readable()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        string closed = _folder.Write("closed.png", Pictures.Png());
        File.SetUnixFileMode(closed, UnixFileMode.None);
        string folder = _folder.At("folder");
        Directory.CreateDirectory(folder, UnixFileMode.None);

        // Root may read anything, but not when the kernel takes this thread for somebody else.
        int user = UnixCalls.SetFileUser(65534);
        FileCheck[] checks = [_checker.Check(closed), _checker.Check(Path.Combine(folder, "inside.png"))];
        Assert.Equal(65534, UnixCalls.SetFileUser((uint)user));

        Assert.All(checks, static check => Assert.Equal(FileProblemCode.NotReadable, Assert.Single(check.Problems).Code));
        Assert.All(checks, static check => Assert.Contains("denied", check.Problems[0].Message));
    }

    [Fact]
    public async Task Locked_files_are_not_readable()
    {
        string path = _folder.Write("locked.png", Pictures.Png());
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await AssertProblem(FileProblemCode.NotReadable, path);
        }

        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            Assert.True((await Check(path)).IsValid);
        }
    }

    [Fact]
    public void Files_that_go_or_shrink_between_look_and_read_are_told()
    {
        FileChecker checker = new(new StubProbe(new(SightKind.File, 100)));
        Assert.Equal(FileProblemCode.NotFound, Assert.Single(checker.Check(_folder.At("gone.png")).Problems).Code);
        Assert.Null(checker.Check(_folder.At("gone.png")).Length);
        Assert.Equal(FileProblemCode.Empty, Assert.Single(checker.Check(_folder.Write("shrunk.png", [])).Problems).Code);
    }

    [UnixFact(linuxOnly: true)]
    public async Task Files_that_hold_less_than_they_claim_are_read_as_far_as_they_go()
    {
        string path = "/sys/kernel/mm/transparent_hugepage/enabled";
        if (File.Exists(path))
        {
            FileCheck check = await Check(path);
            Assert.Equal(MediaType.Text, check.DetectedType);
        }

        await AssertProblem(FileProblemCode.Empty, "/proc/self/status");
    }

    [UnixFact]
    public async Task Names_may_have_anything_in_them()
    {
        string[] names =
        [
            "-rf.png", "--help.png", " .png", ".png", ".hidden.png", "x.tar.png", "[1]*?.png", "日本語 😀.png",
            "a\nb.png", "tab\t.png", "a\\b.png", "a'b\"c$d`e.png",
        ];
        foreach (string name in names)
        {
            FileCheck check = await Check(_folder.Write(name, Pictures.Png()));
            Assert.True(check.IsValid, check.ToString());
            Assert.Equal(name, check.Name);
            Assert.Equal("image/png", check.ContentType);
        }
    }

    [Fact]
    public async Task Many_callers_do_not_disturb_each_other()
    {
        (string Path, string Type)[] files =
            [.. SampleFiles.All.Select(sample => (_folder.Write(sample.Name, sample.Bytes), sample.ContentType))];
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), async (i, stop) =>
        {
            (string path, string type) = files[i % files.Length];
            FileCheck check = await Task.Run(() => _checker.Check(path), stop);
            Assert.True(check.IsValid, check.ToString());
            Assert.Equal(type, check.ContentType);
        });
    }

    private async Task AssertProblem(string code, string path, string words = "")
    {
        FileCheck check = await Check(path);
        FileProblem problem = Assert.Single(check.Problems, static problem => problem.Code != FileProblemCode.UnsupportedType);
        Assert.Equal(code, problem.Code);
        Assert.Contains(words, problem.Message);
        Assert.False(check.IsValid);
    }

    private Task<FileCheck> Check(string path) => Task.Run(() => _checker.Check(path)).WaitAsync(TimeSpan.FromMinutes(2));
}
