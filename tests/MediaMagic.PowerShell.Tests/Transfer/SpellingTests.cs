using System;
using System.IO;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.IO;
using MediaMagic.Tests.Files;
using MediaMagic.Tests.IO;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Transfer;

/// <summary>One file under several spellings of its path, in the session and in the journal.</summary>
public sealed class SpellingTests : IDisposable
{
    private const int Large = UploadFixture.SinglePutLimit + 1;
    private static readonly PathIdentity s_windows = PathIdentity.Windows.With(static (_, _) => true);
    private static readonly PathIdentity s_mac = PathIdentity.MacOS.With(static (_, _) => true).With(Forms.Compose);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public async Task A_large_file_goes_again_through_another_case_of_its_folder()
    {
        using UploadFixture fixture = Fixture(s_windows);
        string path = Write("data/clip.mp4", Large);
        Directory.CreateSymbolicLink(_folder.At("DATA"), _folder.At("data"));
        Upload first = await fixture.SendAsync(path);
        Upload second = await fixture.SendAsync(_folder.At("DATA/clip.mp4"));
        Assert.Equal(first.BlobPath, second.BlobPath);

        using UploadFixture linux = Fixture(PathIdentity.Linux);
        await linux.SendAsync(path);
        MediaMagicException refused = await Assert.ThrowsAsync<MediaMagicException>(() => linux.SendAsync(_folder.At("DATA/clip.mp4")));
        Assert.Equal(ErrorCode.BlobPathCollision, refused.Error.Code);
    }

    [Theory]
    [InlineData(1000, "clip.mp4", "CLIP.mp4", false)]
    [InlineData(Large, "clip.mp4", "Clip.MP4", false)]
    [InlineData(Large, "\u00E9.mp4", "E\u0301.mp4", true)]
    public async Task A_session_submits_a_file_once_under_all_spellings(int length, string name, string other, bool mac)
    {
        using UploadFixture fixture = Fixture(mac ? s_mac : s_windows);
        string path = Write(name, length);
        Assert.Equal(0, UnixCalls.Link(path, _folder.At(other)));
        Upload first = await fixture.SendAsync(path);
        await fixture.Client.Submissions.CreateAsync(new NewSubmission(first.BlobPath!));
        Upload second = await fixture.SendAsync(_folder.At(other));
        MediaMagicException refused = await Assert.ThrowsAsync<MediaMagicException>(() => fixture.Client.Submissions.CreateAsync(new NewSubmission(second.BlobPath!)));
        Assert.Equal(ErrorCode.AssetAlreadySubmitted, refused.Error.Code);
        await fixture.Client.Submissions.CreateAsync(new NewSubmission(second.BlobPath!) { Force = first.BlobPath != second.BlobPath });
    }

    [Fact]
    public async Task A_session_does_not_submit_both_spellings_in_one_create()
    {
        using UploadFixture fixture = Fixture(s_windows);
        string path = Write("clip.mp4", 1000);
        Assert.Equal(0, UnixCalls.Link(path, _folder.At("CLIP.MP4")));
        string[] blobs = [(await fixture.SendAsync(path)).BlobPath!, (await fixture.SendAsync(_folder.At("CLIP.MP4"))).BlobPath!];
        Assert.Equal(ErrorCode.AssetAlreadySubmitted, (await Assert.ThrowsAsync<MediaMagicException>(() => fixture.Client.Submissions.CreateAsync(new NewSubmission(blobs)))).Error.Code);
        await fixture.Client.Submissions.CreateAsync(new NewSubmission(blobs[0]));
    }

    [Theory]
    [InlineData("clip.mp4", "CLIP.mp4", false)]
    [InlineData("\u00E9.mp4", "e\u0301.mp4", true)]
    public void A_journal_is_found_under_another_spelling(string name, string other, bool mac)
    {
        const string BlobPath = "w/blob";
        PathIdentity paths = mac ? s_mac : s_windows;
        string path = Write(name, 2000);
        Assert.Equal(0, UnixCalls.Link(path, _folder.At(other)));
        using SourceFile source = SourceFile.Open(path);
        UploadJob first = Parts.JobOf(source, TimeProvider.System, _folder.At("state"), paths: paths);
        using (UploadJournal journal = UploadJournal.Open(first, BlobPath))
        {
            journal.Sent(1, new SentBlock(BlockPlan.IdOf(new byte[BlockPlan.NonceLength], 1), 5));
        }

        using SourceFile again = SourceFile.Open(_folder.At(other));
        UploadJob second = Parts.JobOf(again, TimeProvider.System, _folder.At("state"), paths: paths);
        second.ContinueName();
        Assert.Equal(name, second.FileName);
        using UploadJournal found = UploadJournal.Open(second, BlobPath);
        Assert.Equal(5UL, found.BlockAt(1)!.Crc);
    }

    private static UploadFixture Fixture(PathIdentity paths)
    {
        UploadFixture fixture = new(null, options => options.PathIdentity = paths);
        UploadFixture.Limit(fixture.Client, maxIdentified: 2000);
        return fixture;
    }

    private string Write(string name, int length)
    {
        string path = _folder.At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using TempFile media = new(length);
        File.Copy(media.Path, path);
        return path;
    }
}
