using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>What an upload that ends early says of its blob, and what may go to the blob path afterwards.</summary>
public sealed class UploadOutcomeTests : IDisposable
{
    private const int Middle = UploadFixture.SinglePutLimit;
    private const int Large = UploadFixture.SinglePutLimit + 1;
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(2);

    private UploadFixture _fixture = new();

    [Theory]
    [InlineData(600)]
    [InlineData(int.MaxValue)]
    public async Task A_wait_that_is_too_long_ends_an_upload_whose_answer_is_no_201(int seconds)
    {
        Replace(static options => options.MaxRetryDelay = TimeSpan.FromSeconds(5));
        using TempFile file = new(Middle);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blob", Status = 202, RetryAfterSec = seconds });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path).WaitAsync(s_hang));
        Assert.Equal((ErrorCode.InvalidResponse, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
    }

    [Fact]
    public async Task An_answer_that_is_no_201_leaves_the_upload_unknown_whatever_follows()
    {
        using TempFile file = new(Middle);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blob", Status = 200 });
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blob", Status = 404 });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        Assert.Equal((404, 2, Delivery.Unknown), (failure.Error.StatusCode, failure.Error.Attempts, failure.Delivery));
        await AssertTakenAsync(file);
    }

    [Theory]
    [InlineData("PUT blob", Middle)]
    [InlineData("PUT blocklist", Large)]
    public async Task A_blob_that_may_be_there_keeps_its_path_when_no_new_address_is_to_be_had(string operation, int length)
    {
        using TempFile file = new(length);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, Status = 500, AfterWork = true });
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, Status = 403 });
        FailSecondAddress();
        await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        _fixture.Simulator.ClearFaults();
        await AssertTakenAsync(file);
    }

    [Theory]
    [InlineData("PUT blob", Middle)]
    [InlineData("PUT blocklist", Large)]
    public async Task A_blob_that_cannot_be_there_gives_its_path_back_when_no_new_address_is_to_be_had(string operation, int length)
    {
        using TempFile file = new(length);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = operation, Status = 403 });
        FailSecondAddress();
        await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        _fixture.Simulator.ClearFaults();
        Change(file);
        _fixture.AssertWhole(file, await _fixture.SendAsync(file.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_never_ended_leaves_nothing_behind_and_its_path_free(bool direct)
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stop = new();
        bool isCutting = true;
        Replace(options => options.Handler = options.StorageHandler = () => new CutBodies(options, begun, () => isCutting));
        using TempFile file = new(direct ? UploadFixture.DirectLimit : Middle);
        Task<Upload> sending = _fixture.SendAsync(file.Path, stop: stop.Token);
        await begun.Task.WaitAsync(s_hang);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(s_hang));
        isCutting = false;
        Change(file);
        _fixture.AssertWhole(file, await _fixture.SendAsync(file.Path));
    }

    [Fact]
    public async Task A_file_that_is_written_to_after_its_checksum_was_computed_is_said_to_have_changed()
    {
        using TempFile file = new(Middle);
        DateTime time = File.GetLastWriteTimeUtc(file.Path);
        Replace(options => options.StorageHandler = () => new BeforeEach(options, () =>
        {
            file.Write(Middle, 2);
            File.SetLastWriteTimeUtc(file.Path, time);
        }));
        UploadFixture.Limit(_fixture.Client, maxIdentified: 0);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        Assert.Equal(ErrorCode.FileChanged, failure.Error.Code);
        Assert.False(_fixture.Simulator.FindBlob(_fixture.Simulator.WorkspaceId + "/clip.mp4")?.Exists ?? false);
    }

    [Fact]
    public async Task A_copy_of_a_large_file_whose_create_is_unknown_is_not_uploaded()
    {
        UploadFixture.Limit(_fixture.Client, maxIdentified: 0);
        using TempFile file = new(Large);
        Upload upload = await _fixture.SendAsync(file.Path);
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /submissions", DropConnection = DropConnection.After, Count = 8 });
        await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.Client.Submissions.CreateAsync(new NewSubmission([new NewAsset { BlobPath = upload.BlobPath! }])));
        _fixture.Simulator.ClearFaults();
        string copy = file.Also("copy.mp4", Large, 1);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(copy));
        Assert.Equal(ErrorCode.SubmissionOutcomeUnknown, failure.Error.Code);

        string other = file.Also("other.mp4", Large, 2);
        Assert.NotNull((await _fixture.SendAsync(other)).BlobPath);
    }

    public void Dispose() => _fixture.Dispose();

    private static void Change(TempFile file)
    {
        file.Write(file.Length, 2);
        File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddMinutes(1));
    }

    private void Replace(Action<MediaMagicClientOptions> change)
    {
        _fixture.Dispose();
        _fixture = new UploadFixture(changeClient: change);
    }

    private void FailSecondAddress()
    {
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/url" });
        _fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/url", Status = 403, Count = 0 });
    }

    private async Task AssertTakenAsync(TempFile file)
    {
        Change(file);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => _fixture.SendAsync(file.Path));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
    }
}
