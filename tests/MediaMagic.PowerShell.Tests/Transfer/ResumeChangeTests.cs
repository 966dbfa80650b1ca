using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>An upload is resumed after its file or the answers of storage have changed.</summary>
public sealed class ResumeChangeTests : ResumeTest
{
    [Fact]
    public async Task An_upload_whose_content_is_known_resumes_as_well_and_refuses_other_content()
    {
        ContentDigest digest = ContentDigest.Of(Media.Path, CancellationToken.None);
        await InterruptAsync();
        ContentDigest wrong = digest with { Sums = [.. digest.Sums.Select((crc, index) => index == 0 ? crc ^ 1 : crc)] };
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => ResumeAsync(digest: wrong));
        Assert.Equal(ErrorCode.FileChanged, failure.Error.Code);
        Upload upload = await ResumeAsync(digest: digest);
        Fixture.AssertWhole(Media, upload);
        Assert.Equal((long)Length, upload.ResumedBytes);
    }

    [Fact]
    public async Task AMedia_that_changed_twice_between_uploads_ends_as_one_of_itsStates()
    {
        DateTime time = File.GetLastWriteTimeUtc(Media.Path);
        await InterruptAsync();

        // Storage gets other bytes for a block, and the journal does not hear of it.
        string path = Assert.Single(Directory.GetFiles(State));
        byte[] journal = File.ReadAllBytes(path);
        Media.Write(Length, 2);
        File.SetLastWriteTimeUtc(Media.Path, time);
        Fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT blocklist", Status = 400, Count = 0 });
        await Assert.ThrowsAsync<MediaMagicException>(() => ResumeAsync());
        Fixture.Simulator.ClearFaults();
        File.WriteAllBytes(path, journal);
        Media.Write(Length, 1);
        File.SetLastWriteTimeUtc(Media.Path, time);
        Upload upload = await ResumeAsync();
        Fixture.AssertWhole(Media, upload);
        Assert.Equal(Sent * UploadFixture.BlockSize, upload.ResumedBytes);
    }

    [Fact]
    public async Task A_rejection_that_passes_keeps_the_blocks_that_storage_has()
    {
        await InterruptAsync();
        Fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "PUT block", Status = 403, Count = 0 });
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => ResumeAsync());
        Assert.Equal(403, failure.Error.StatusCode);
        Fixture.Simulator.ClearFaults();
        Upload upload = await ResumeAsync();
        Fixture.AssertWhole(Media, upload);
        Assert.Equal(Sent * UploadFixture.BlockSize, upload.ResumedBytes);
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("other time")]
    [InlineData("other length")]
    public async Task AMedia_that_was_changed_in_between_starts_over(string change)
    {
        await InterruptAsync();
        Media.Write(change == "other length" ? Length + 1 : Length, change == "other bytes" ? 2 : 1);
        File.SetLastWriteTimeUtc(Media.Path, DateTime.UtcNow.AddMinutes(1));
        Upload upload = await ResumeAsync();
        Fixture.AssertWhole(Media, upload);
        Assert.Equal(upload.BlockCount, BlocksOfLastUpload());
    }

    [Fact]
    public async Task Bytes_changed_behind_the_back_of_the_clock_are_noticed()
    {
        DateTime time = File.GetLastWriteTimeUtc(Media.Path);
        await InterruptAsync();
        Media.Write(Length, 2);
        File.SetLastWriteTimeUtc(Media.Path, time);
        Fixture.AssertWhole(Media, await ResumeAsync());
    }
}
