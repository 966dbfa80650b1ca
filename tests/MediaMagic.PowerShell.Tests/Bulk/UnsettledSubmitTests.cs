using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>A file whose create is unknown is settled under its own blob path by Submit-MMFile.</summary>
public sealed class UnsettledSubmitTests(PostgresServer postgres) : UnsettledTest(postgres)
{
    [Theory]
    [InlineData("claim.txt")]
    [InlineData("claim \u00E9.txt")]
    public async Task Submit_settles_a_file_under_its_blob_path_when_New_MMSubmission_left_it_unknown(string name)
    {
        string file = Add(name);
        string blobPath = await LeaveUnknownAsync(file);
        IsLosing = false;
        SubmitResult result = AssertOnly(SubmitState.Submitted, await SubmitAsync(file));
        Assert.Equal(blobPath, result.BlobPath);
        AssertOnce();
    }

    [Fact]
    public async Task Other_content_of_the_same_name_is_still_uploaded_and_submitted()
    {
        string file = Add("claim.txt", "first");
        string blobPath = await LeaveUnknownAsync(file);
        IsLosing = false;
        await UploadAsync(Replace(file, "other", 1), fileName: "other.txt");
        AssertOnly(SubmitState.Submitted, await SubmitAsync(Replace(file, "third", 2)));
        Assert.Equal(["first", "third"], Service.Accepted.Select(static asset => asset.Content));
        await AssertRefusedAsync(blobPath, Replace(file, "first", 3));
    }

    [Fact]
    public async Task Submit_takes_equal_content_of_another_name_for_another_file()
    {
        string blobPath = await LeaveUnknownAsync(Add("claim.txt", "same"));
        IsLosing = false;
        SubmitResult other = AssertOnly(SubmitState.Submitted, await SubmitAsync(Add("other.txt", "same")));
        Assert.NotEqual(blobPath, other.BlobPath);
        Assert.NotNull(other.SubmissionId);
    }

    [Fact]
    public async Task Submit_settles_a_file_under_its_blob_path_when_the_create_becomes_unknown_during_the_upload()
    {
        string file = Add("claim.txt");
        Upload first = await UploadAsync(file);
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource uploading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Arrived = call => call == Direct && uploading.TrySetResult() ? left.Task : Task.CompletedTask;
        Task<List<SubmitResult>> submitting = SubmitAsync(file);
        await uploading.Task.WaitAsync(Limit);
        await LoseAnswerAsync(first.BlobPath!);
        IsLosing = false;
        left.SetResult();
        SubmitResult result = AssertOnly(SubmitState.Submitted, await submitting.WaitAsync(Limit));
        Assert.Equal(first.BlobPath, result.BlobPath);
        AssertOnce();
    }

    [Fact]
    public async Task ResubmitUnknown_submits_a_file_again_that_stays_unknown_in_the_session()
    {
        Service.ConsumesBlobs = true;
        string file = Add("claim.txt");
        string blobPath = await LeaveUnknownAsync(file);
        IsLosing = false;
        AssertOnly(SubmitState.Unknown, await SubmitAsync(file));
        SubmitResult again = AssertOnly(SubmitState.Submitted, await SubmitAsync(file, change: static options => options.ResubmitUnknown = true));
        Assert.NotEqual(blobPath, again.BlobPath);
        Assert.Equal(2, Service.Accepted.Count);
    }
}
