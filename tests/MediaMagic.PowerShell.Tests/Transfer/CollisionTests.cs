using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Simulator;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>No file of a session overwrites another.</summary>
public sealed class CollisionTests
{
    private const int Small = 1000;
    private const int Middle = UploadFixture.SinglePutLimit;
    private const int Large = UploadFixture.SinglePutLimit + 1;

    [Theory]
    [InlineData(Small, Small)]
    [InlineData(Small, Middle)]
    [InlineData(Middle, Small)]
    [InlineData(Large, Small)]
    [InlineData(Small, Large)]
    [InlineData(Large, Large)]
    public async Task Another_file_of_the_same_name_is_refused(int first, int second)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(first);
        Upload upload = await fixture.SendAsync(file.Path);
        string other = file.Also("sub/clip.mp4", second, 2);
        long blocks = fixture.Simulator.BlockUploads;
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(other));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
        Assert.Contains("would overwrite 'clip.mp4'", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal(Delivery.NotSent, failure.Delivery);
        Assert.Equal(blocks, fixture.Simulator.BlockUploads);
        fixture.AssertWhole(file, upload);

        await fixture.SendAsync(other, UploadMethod.Auto, "other.mp4");
        fixture.AssertWhole(file, upload);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task The_same_file_and_one_with_the_same_bytes_may_go_again(int length)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(length);
        await fixture.SendAsync(file.Path);
        await fixture.SendAsync(file.Path);
        string copy = file.Also("sub/clip.mp4", length, 1);
        fixture.AssertWhole(file, await fixture.SendAsync(copy));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Middle)]
    [InlineData(Large)]
    public async Task The_same_bytes_may_go_again_when_the_file_was_written_anew_or_is_gone(int length)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(length);
        await fixture.SendAsync(file.Path);
        file.Write(length, 1);
        File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddMinutes(1));
        fixture.AssertWhole(file, await fixture.SendAsync(file.Path));

        string moved = file.Also("sub/clip.mp4", length, 1);
        string other = file.Also("other/clip.mp4", length, 2);
        File.Delete(file.Path);
        Upload upload = await fixture.SendAsync(moved);
        File.Copy(moved, file.Path);
        fixture.AssertWhole(file, upload);
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(other));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task A_file_that_was_changed_since_is_another(int length)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(length);
        await fixture.SendAsync(file.Path);
        file.Write(length, 2);
        File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddMinutes(1));
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Middle)]
    [InlineData(Large)]
    public async Task Of_many_at_once_one_gets_the_name(int length)
    {
        using UploadFixture fixture = new();
        using TempFile file = new(length, "0.mp4");
        string[] paths = [.. Enumerable.Range(1, 8).Select(index => file.Also($"{index}/clip.mp4", length, index))];
        Task<Upload>[] uploads = [.. paths.Select(path => Task.Run(() => fixture.SendAsync(path)))];
        await Task.WhenAll(uploads.Select(upload => upload.ContinueWith(_ => { }, TaskScheduler.Default)));
        Task<Upload> winner = Assert.Single(uploads, upload => upload.IsCompletedSuccessfully);
        Assert.All(uploads.Where(upload => upload.IsFaulted), upload =>
            Assert.Equal(ErrorCode.BlobPathCollision, ((MediaMagicException)upload.Exception!.InnerException!).Error.Code));
        using FileStream stream = File.OpenRead((await winner).Path!);
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
        Assert.Equal(expected, fixture.Simulator.FindBlob((await winner).BlobPath!)!.Sha256);
    }

    [Fact]
    public async Task A_refused_upload_leaves_the_name_free_and_a_lost_one_does_not()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(Small);
        string other = file.Also("sub/clip.mp4", Small, 2);
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", Status = 415 });
        await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        fixture.Simulator.AddFault(new SimulatorFault { Endpoint = "POST /uploads/direct", DropConnection = DropConnection.After, Count = 4 });
        await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(other));
        MediaMagicException failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
        failure = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.SendAsync(file.Path, UploadMethod.Presigned));
        Assert.Equal(ErrorCode.BlobPathCollision, failure.Error.Code);
        await fixture.SendAsync(other);
    }

    [Fact]
    public async Task Observed_views_of_a_client_share_what_it_knows_and_other_clients_do_not()
    {
        using UploadFixture fixture = new();
        using TempFile file = new(Small);
        await fixture.SendAsync(file.Path);
        string other = file.Also("sub/clip.mp4", Small, 2);
        MediaMagicClient view = fixture.Client.Observed(new Silent());
        await Assert.ThrowsAsync<MediaMagicException>(() => view.Files.UploadAsync(UploadFixture.Request(other)));
        using MediaMagicClient another = TestClient.Of(fixture.Simulator.BaseUri, fixture.Simulator.ApiKey);
        await another.Files.UploadAsync(UploadFixture.Request(other));
    }

    private sealed class Silent : RequestObserver
    {
        public override void OnRequest(RequestRecord record)
        {
        }
    }
}
