using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>An upload that ended early is taken up later, by another client.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Blocks = 20;
    private const int Parallel = 4;
    private const int Sent = 8;
    private const int Length = Blocks * UploadFixture.BlockSize;

    private readonly UploadFixture _fixture = new();
    private readonly TempFile _file = new(Length);
    private readonly string _state = Directory.CreateTempSubdirectory("mediamagic-state-").FullName;

    [Fact]
    public async Task Only_what_is_missing_is_sent()
    {
        await InterruptAsync();
        Upload upload = await ResumeAsync();
        _fixture.AssertWhole(_file, upload);
        Assert.Equal(Blocks, _fixture.Simulator.BlockUploads);
        Assert.Empty(Directory.GetFiles(_state));
    }

    [Fact]
    public async Task The_journal_holds_neither_key_nor_address()
    {
        await InterruptAsync();
        string journal = File.ReadAllText(Assert.Single(Directory.GetFiles(_state)));
        Assert.Contains("\"blocks\":[\"", journal, StringComparison.Ordinal);
        foreach (string secret in new[] { _fixture.Simulator.ApiKey, "sk_test", "sig", "http" })
        {
            Assert.DoesNotContain(secret, journal, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("other time")]
    [InlineData("other length")]
    public async Task A_file_that_was_changed_in_between_starts_over(string change)
    {
        await InterruptAsync();
        _file.Write(change == "other length" ? Length + 1 : Length, change == "other bytes" ? 2 : 1);
        File.SetLastWriteTimeUtc(_file.Path, DateTime.UtcNow.AddMinutes(1));
        Upload upload = await ResumeAsync();
        _fixture.AssertWhole(_file, upload);
        Assert.Equal(upload.BlockCount, BlocksOfLastUpload());
    }

    [Fact]
    public async Task Bytes_changed_behind_the_back_of_the_clock_are_noticed()
    {
        DateTime time = File.GetLastWriteTimeUtc(_file.Path);
        await InterruptAsync();
        _file.Write(Length, 2);
        File.SetLastWriteTimeUtc(_file.Path, time);
        _fixture.AssertWhole(_file, await ResumeAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2,3]")]
    [InlineData("{\"version\":1,\"blocks\":\"none\"}")]
    [InlineData("{\"version\":1,\"blocks\":[]}")]
    public async Task A_journal_that_cannot_be_read_is_ignored(string text)
    {
        await InterruptAsync();
        File.WriteAllText(Assert.Single(Directory.GetFiles(_state)), text);
        _fixture.AssertWhole(_file, await ResumeAsync());
        Assert.Empty(Directory.GetFiles(_state));
    }

    [Fact]
    public async Task A_journal_cut_at_any_place_is_ignored_or_right()
    {
        await InterruptAsync();
        string path = Assert.Single(Directory.GetFiles(_state));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 1; length < whole.Length; length += whole.Length / 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            _fixture.AssertWhole(_file, await ResumeAsync());
        }
    }

    [Fact]
    public async Task An_upload_that_was_committed_but_not_noted_so_is_committed_again()
    {
        await InterruptAsync();
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blocklist", DropConnection = DropConnection.After, Count = 0 });
        await Assert.ThrowsAsync<MediaMagicException>(ResumeAsync);
        _fixture.Simulator.ClearFaults();
        Assert.Single(Directory.GetFiles(_state));
        long before = _fixture.Simulator.BlockUploads;
        _fixture.AssertWhole(_file, await ResumeAsync());
        Assert.Equal(before, _fixture.Simulator.BlockUploads);
    }

    [Fact]
    public async Task Two_at_once_do_not_disturb_each_other()
    {
        using MediaMagicClient other = TestClient.Of(_fixture.Simulator.BaseUri, _fixture.Simulator.ApiKey);
        UploadFixture.Limit(other);
        Upload[] uploads = await Task.WhenAll(_fixture.Client.Files.UploadAsync(Request()), other.Files.UploadAsync(Request()));
        Assert.All(uploads, upload => _fixture.AssertWhole(_file, upload));
        Assert.Empty(Directory.GetFiles(_state));
    }

    [Fact]
    public async Task A_state_folder_that_is_none_is_said_so()
    {
        UploadRequest request = Request();
        request.StateFolder = Path.Combine(_file.Path, "state");
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.Client.Files.UploadAsync(request));
        Assert.Equal(ErrorCode.FileInvalid, failure.Error.Code);
    }

    [Fact]
    public async Task A_journal_that_is_too_old_for_storage_is_ignored()
    {
        await InterruptAsync();
        string path = Assert.Single(Directory.GetFiles(_state));
        string text = File.ReadAllText(path);
        int at = text.IndexOf("\"savedAt\":\"", StringComparison.Ordinal) + 11;
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), "2020", text.AsSpan(at + 4)), new UTF8Encoding(false));
        _fixture.AssertWhole(_file, await ResumeAsync());
        Assert.Equal(Blocks, BlocksOfLastUpload());
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _file.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    // Every upload's block ids begin alike; what an interrupted one still had on the way may arrive at any time.
    private int BlocksOfLastUpload()
    {
        string[] ids = [.. _fixture.Simulator.Requests
            .Where(request => request.Path.Contains("comp=block&", StringComparison.Ordinal) && request.Status == 201)
            .Select(request => Uri.UnescapeDataString(request.Path[(request.Path.IndexOf("blockid=", StringComparison.Ordinal) + 8)..])[..14])];
        return ids.Count(id => id == ids[^1]);
    }

    private UploadRequest Request()
    {
        UploadRequest request = UploadFixture.Request(_file.Path);
        request.StateFolder = _state;
        request.MaxParallelBlocks = Parallel;
        return request;
    }

    private async Task<Upload> ResumeAsync()
    {
        using MediaMagicClient client = TestClient.Of(_fixture.Simulator.BaseUri, _fixture.Simulator.ApiKey);
        UploadFixture.Limit(client);
        return await client.Files.UploadAsync(Request());
    }

    // Sends some of the blocks: when all senders wait with the next ones, the first are sent and noted.
    private async Task InterruptAsync()
    {
        TaskCompletionSource stopped = new();
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Count = Sent });
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Until = stopped.Task, DropConnection = DropConnection.Before, Count = 0 });
        using CancellationTokenSource stop = new();
        Task<Upload> sending = _fixture.Client.Files.UploadAsync(Request(), null, stop.Token);
        await _fixture.UntilAsync(() => _fixture.Simulator.RequestCount == 1 + Sent + Parallel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        stopped.SetResult();
        await _fixture.AssertQuietAsync();
        _fixture.Simulator.ClearFaults();
        Assert.Equal(Sent, _fixture.Simulator.BlockUploads);
    }
}
