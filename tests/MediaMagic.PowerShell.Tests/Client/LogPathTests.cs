using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Tests.Files;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>A log of requests that is no file, or one that may only be written.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LogPathTests
{
    private const uint ReadWriteForAll = 0x1B6;
    private const uint WriteForAll = 0x92;
    private const UnixFileMode WriteOnly = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [UnixFact(linuxOnly: true)]
    public async Task A_client_refuses_a_log_when_its_path_is_a_pipe_that_nobody_reads()
    {
        using TempFolder folder = new();
        string pipe = folder.At("log");
        Assert.Equal(0, UnixCalls.MakePipe(pipe, ReadWriteForAll));
        File.CreateSymbolicLink(pipe + ".link", pipe);
        foreach (string path in new[] { pipe, pipe + ".link" })
        {
            MediaMagicException failure = await Task.Run(() => Refused(path)).WaitAsync(s_limit);
            Assert.Equal(ErrorCode.LogNotWritten, failure.Error.Code);
            Assert.Contains("pipe", failure.Error.Message, StringComparison.Ordinal);
            Assert.Contains(path, failure.Error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [UnixFact(linuxOnly: true)]
    public async Task A_client_refuses_a_log_when_its_path_is_a_pipe_with_a_reader()
    {
        using TempFolder folder = new();
        string pipe = folder.At("log");
        Assert.Equal(0, UnixCalls.MakePipe(pipe, ReadWriteForAll));

        // With both rights the pipe opens at once.
        using FileStream reader = new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
        Assert.Equal(ErrorCode.LogNotWritten, (await Task.Run(() => Refused(pipe)).WaitAsync(s_limit)).Error.Code);
    }

    [UnixFact(linuxOnly: true)]
    public async Task A_client_refuses_a_log_when_its_path_is_a_pipe_that_may_only_be_written()
    {
        using TempFolder folder = new();
        string pipe = folder.At("log");
        Assert.Equal(0, UnixCalls.MakePipe(pipe, WriteForAll));
        Assert.Equal(ErrorCode.LogNotWritten, (await Task.Run(() => Refused(pipe)).WaitAsync(s_limit)).Error.Code);
    }

    [UnixFact(linuxOnly: true)]
    public async Task A_client_refuses_a_log_when_its_path_is_a_pipe_that_this_user_may_only_write()
    {
        using TempFolder folder = new();
        OpenToAll(folder);
        string pipe = folder.At("log");
        Assert.Equal(0, UnixCalls.MakePipe(pipe, WriteForAll));
        File.SetUnixFileMode(pipe, WriteOnly);
        MediaMagicException failure = await Task.Run(() => Stranger.Run(() => Refused(pipe))).WaitAsync(s_limit);
        Assert.Equal(ErrorCode.LogNotWritten, failure.Error.Code);
    }

    [UnixFact(linuxOnly: true)]
    public void A_client_appends_to_a_log_that_this_user_may_only_write()
    {
        using TempFolder folder = new();
        OpenToAll(folder);
        string log = folder.Write("log", "first\n"u8.ToArray());
        File.SetUnixFileMode(log, WriteOnly);
        Stranger.Run(() =>
        {
            FakeClock clock = new();
            Assert.Throws<UnauthorizedAccessException>(() => File.ReadAllText(log));
            using MediaMagicClient client = TestClient.With(new Answers().Status(200, "{\"submissionId\":\"s1\"}"), clock, options => options.LogPath = log);
            return clock.Run(() => client.Submissions.GetAsync("s1"));
        });
        File.SetUnixFileMode(log, UnixFileMode.UserRead | WriteOnly);
        string[] lines = File.ReadAllLines(log);
        Assert.Equal(2, lines.Length);
        Assert.Equal("first", lines[0]);
        Assert.Contains("submissions/s1", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_keeps_the_lines_of_a_log_that_is_there()
    {
        using TempFolder folder = new();
        string log = folder.Write("log", "first\n"u8.ToArray());
        using (new MediaMagicClient(TestClient.SandboxKey, new MediaMagicClientOptions { LogPath = log }))
        {
            Assert.Equal("first\n", File.ReadAllText(log));
        }
    }

    private static void OpenToAll(TempFolder folder) =>
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    private static MediaMagicException Refused(string path) =>
        Assert.Throws<MediaMagicException>(() => { using MediaMagicClient client = new(TestClient.SandboxKey, new MediaMagicClientOptions { LogPath = path }); });
}
