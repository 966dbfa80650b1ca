using System;
using System.IO;
using System.Runtime.Versioning;
using MediaMagic.Client;
using MediaMagic.Http;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using MediaMagic.Tests.Http;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>A log that other programs read, and one that cannot be written any more.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SharedLogTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly TempFolder _folder = new();

    private string Log => _folder.At("log.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FileShare.ReadWrite | FileShare.Delete)]
    [InlineData(FileShare.ReadWrite)]
    public void A_line_is_written_while_another_program_reads_the_file(FileShare share)
    {
        using MediaMagicClient client = NewClient();
        using FileStream reader = new(Log, FileMode.Open, FileAccess.Read, share);
        Get(client);
        using StreamReader text = new(reader);
        Assert.Contains("submissions/s1", text.ReadLine(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_opens_a_log_that_another_program_reads()
    {
        _folder.Write("log.jsonl", "first\n"u8.ToArray());
        using FileStream reader = new(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MediaMagicClient client = NewClient();
        Get(client);
        Assert.Equal(2, File.ReadAllLines(Log).Length);
    }

    [UnixFact(linuxOnly: true)]
    public void A_client_refuses_a_log_when_its_path_is_a_device()
    {
        File.CreateSymbolicLink(Log, "/dev/null");
        foreach (string path in new[] { "/dev/null", Log })
        {
            MediaMagicException failure = Assert.Throws<MediaMagicException>(() => NewClient(path));
            Assert.Equal(ErrorCode.LogNotWritten, failure.Error.Code);
            Assert.Contains("it is a device", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(typeof(NotSupportedException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(ObjectDisposedException))]
    public void Write_never_fails_whatever_the_file_throws(Type failure)
    {
        using RequestLog log = new(Log, _clock, path => new BrokenFile(path, () => (Exception)Activator.CreateInstance(failure, "It broke.")!));
        log.Write(new RequestRecord { Method = "GET", Path = "/a" }, null);
        _clock.Advance(10);
        Assert.Contains("It broke", log.TakeWarning(), StringComparison.Ordinal);
        log.Write(new RequestRecord { Method = "GET", Path = "/b" }, null);
        Assert.Null(log.TakeWarning());
        log.Dispose();
        Assert.Contains("lost its last 2 lines", log.Loss, StringComparison.Ordinal);
        Assert.Contains("It broke", log.Loss, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_waits_for_a_call_that_can_show_it_and_comes_once()
    {
        using MediaMagicClient client = NewClient();
        Break();
        Get(client);
        WarnedObserver observer = new();
        Get(client.Observed(observer));
        Get(client.Observed(observer));
        Assert.Contains(Log, Assert.Single(observer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_succeeds_when_its_observer_fails_at_the_warning()
    {
        using MediaMagicClient client = NewClient();
        Break();
        WarnedObserver observer = new(new InvalidOperationException("Warnings end the script."));
        Get(client.Observed(observer));
        Assert.Single(observer.Warnings);
    }

    [Fact]
    public void A_log_that_can_be_written_again_needs_no_warning()
    {
        using MediaMagicClient client = NewClient();
        Break();
        Get(client);
        Directory.Delete(Log);
        _clock.Advance(1);
        WarnedObserver observer = new();
        Get(client.Observed(observer));
        Assert.Empty(observer.Warnings);
        Assert.Equal(2, File.ReadAllLines(Log).Length);
    }

    [UnixFact]
    public void The_end_of_a_session_appends_its_lines_although_another_program_holds_the_file()
    {
        MediaMagicClient client = NewClient();
        using (FileStream holder = new(Log, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Get(client);
            Assert.Equal(0, holder.Length);
            client.Dispose();
            Assert.NotEqual(0, holder.Length);
        }

        Assert.Single(File.ReadAllLines(Log));
        Assert.Null(client.Sender.LogLoss);
    }

    [Theory]
    [InlineData(1, "lost its last line:")]
    [InlineData(2, "lost its last 2 lines:")]
    public void The_end_of_a_session_tells_how_many_lines_it_lost(int count, string loss)
    {
        MediaMagicClient client = NewClient();
        Break();
        for (int i = 0; i < count; i++)
        {
            Get(client);
        }

        client.Dispose();
        Assert.Contains(loss, client.Sender.LogLoss, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Write_appends_the_line_of_a_request_that_ends_after_its_session_although_another_program_holds_the_file()
    {
        RequestLog log = new(Log, _clock);
        log.Dispose();
        using (FileStream holder = new(Log, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            log.Write(new RequestRecord { Method = "GET", Path = "/late" }, null);
        }

        Assert.Single(File.ReadAllLines(Log));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Append_adds_to_what_others_wrote_meanwhile(bool useLock)
    {
        AppendFile file = new(Log, static _ => true, useLock);
        file.Check();
        file.Append("one\n"u8.ToArray());
        File.AppendAllText(Log, "two\n");
        file.Append("three\n"u8.ToArray());
        Assert.Equal(["one", "two", "three"], File.ReadAllLines(Log));
    }

    [UnixFact(linuxOnly: true)]
    public void A_pipe_that_takes_the_place_of_a_log_blocks_no_call()
    {
        using MediaMagicClient client = NewClient();
        File.Delete(Log);
        Assert.Equal(0, UnixCalls.MakePipe(Log, 0x1B6));
        WarnedObserver observer = new();
        Get(client.Observed(observer));
        Assert.Single(observer.Warnings);
    }

    // A folder takes the file's place.
    private void Break()
    {
        File.Delete(Log);
        Directory.CreateDirectory(Log);
    }

    private MediaMagicClient NewClient(string? path = null) =>
        TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), _clock, options => options.LogPath = path ?? Log);

    private void Get(MediaMagicClient client) => Assert.Equal("s1", _clock.Run(() => client.Submissions.GetAsync("s1")).SubmissionId);
}
