using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>A file whose create is unknown is not uploaded or submitted under another blob path by New-MMSubmission and Send-MMFile.</summary>
public sealed class UnsettledUploadTests(PostgresServer postgres) : UnsettledTest(postgres)
{
    [Theory]
    [InlineData("claim.txt", UploadMethod.Auto)]
    [InlineData("claim.txt", UploadMethod.Direct)]
    [InlineData("claim.txt", UploadMethod.Presigned)]
    [InlineData("claim \u00E9.txt", UploadMethod.Auto)]
    public async Task Upload_is_refused_before_a_byte_goes_when_New_MMSubmission_left_the_file_unknown(string name, UploadMethod method)
    {
        string file = Add(name);
        string blobPath = await LeaveUnknownAsync(file, method);
        await AssertRefusedAsync(blobPath, file, method);
        AssertOnce();
    }

    [Theory]
    [InlineData("claim.txt")]
    [InlineData("claim \u00E9.txt")]
    public async Task Upload_is_refused_before_a_byte_goes_when_Submit_MMFile_left_the_file_unknown(string name)
    {
        string file = Add(name);
        string blobPath = await SubmitUnknownAsync(file);
        await AssertRefusedAsync(blobPath, file);
        AssertOnce();
    }

    [Fact]
    public async Task Upload_is_refused_when_another_file_holds_the_same_or_the_name_is_another()
    {
        string file = Add("claim.txt", "same");
        string blobPath = await LeaveUnknownAsync(file);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));
        foreach (string copy in new[] { file, Add("copy/claim.txt", "same"), Add("renamed.txt", "same") })
        {
            await AssertRefusedAsync(blobPath, copy);
        }

        File.Delete(file);
        await AssertRefusedAsync(blobPath, Add("late/claim.txt", "same"));
        AssertOnce();
    }

    [Fact]
    public async Task Upload_is_refused_when_the_create_was_cancelled_after_it_was_sent()
    {
        string file = Add("claim.txt");
        Upload upload = await UploadAsync(file);
        using CancellationTokenSource stop = new();
        Service.Arrived = call => call == ContractService.Create ? stop.CancelAsync() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.Submissions.CreateAsync(new NewSubmission(upload.BlobPath!), stop.Token));
        await AssertRefusedAsync(upload.BlobPath!, file);
    }

    [Fact]
    public async Task Upload_is_refused_when_the_blob_is_of_an_earlier_process()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string file = Add("claim.txt");
        SubmitResult unknown = AssertOnly(SubmitState.Unknown, await RunAsync(ledger, [file]));
        AssertOnly(SubmitState.Unknown, await SubmitAsync(file, ledger));
        await AssertRefusedAsync(unknown.BlobPath!, file);
        AssertOnce();
    }

    [Fact]
    public async Task Upload_works_again_when_the_create_is_settled()
    {
        string file = Add("claim.txt");
        string blobPath = await LeaveUnknownAsync(file);
        await AssertRefusedAsync(blobPath, file);
        IsLosing = false;
        MediaMagicException settled = await Assert.ThrowsAsync<MediaMagicException>(() => Client.Submissions.CreateAsync(new NewSubmission(blobPath) { Force = true }));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Accepted), (settled.Error.Code, settled.Delivery));
        Upload again = await UploadAsync(file);
        Assert.NotEqual(blobPath, again.BlobPath);
        await Client.Submissions.CreateAsync(new NewSubmission(again.BlobPath!));
    }

    [Fact]
    public async Task Upload_works_again_when_Submit_MMFile_settles_the_create()
    {
        string file = Add("claim.txt");
        string blobPath = await SubmitUnknownAsync(file);
        await AssertRefusedAsync(blobPath, file);
        IsLosing = false;
        AssertOnly(SubmitState.Submitted, await SubmitAsync(file));
        Assert.NotEqual(blobPath, (await UploadAsync(file)).BlobPath);
        AssertOnce();
    }

    [Fact]
    public async Task Upload_works_again_when_another_process_settles_the_create()
    {
        string ledger = NewLedger(Engine.Sqlite);
        string file = Add("claim.txt");
        SubmitResult unknown = AssertOnly(SubmitState.Unknown, await SubmitAsync(file, ledger));
        await AssertRefusedAsync(unknown.BlobPath!, file);
        IsLosing = false;
        AssertOnly(SubmitState.Submitted, await RunAsync(ledger, [file]));
        AssertOnly(SubmitState.Skipped, await SubmitAsync(file, ledger));
        await UploadAsync(file);
    }

    [Fact]
    public async Task Create_is_refused_unless_forced_when_the_file_is_unknown_under_another_blob_path()
    {
        string file = Add("claim.txt");
        Upload second = await UploadAsync(file);
        string blobPath = await LeaveUnknownAsync(file);
        IsLosing = false;
        int creates = Service.Created.Count;
        MediaMagicException refused = await Assert.ThrowsAsync<MediaMagicException>(() => Client.Submissions.CreateAsync(new NewSubmission(second.BlobPath!)));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Unknown), (refused.Error.Code, refused.Delivery));
        Assert.Contains($"'{blobPath}'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(creates, Service.Created.Count);
        await Client.Submissions.CreateAsync(new NewSubmission(second.BlobPath!) { Force = true });
        refused = await Assert.ThrowsAsync<MediaMagicException>(() => Client.Submissions.CreateAsync(new NewSubmission(second.BlobPath!)));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Accepted), (refused.Error.Code, refused.Delivery));
    }

    [Fact]
    public async Task Upload_is_refused_for_each_file_of_a_submission_that_is_unknown()
    {
        string[] files = AddMany(3);
        Upload[] uploads = [await UploadAsync(files[0]), await UploadAsync(files[1])];
        await Assert.ThrowsAsync<MediaMagicException>(() => Client.Submissions.CreateAsync(new NewSubmission(uploads[0].BlobPath!, uploads[1].BlobPath!)));
        await AssertRefusedAsync(uploads[0].BlobPath!, files[0]);
        await AssertRefusedAsync(uploads[1].BlobPath!, files[1]);
        await UploadAsync(files[2]);
    }
}
