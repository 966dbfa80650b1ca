using System;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Bulk;

/// <summary>What a run makes of a row that it reads.</summary>
public sealed class LedgerRowTests
{
    [Fact]
    public void Read_takes_every_column_from_its_place()
    {
        LedgerRow row = TestRow.Read();
        Assert.Equal(("Failed", "me", "a-1.txt", "w1/a.txt"), (row.State, row.Owner, row.UploadName, row.BlobPath));
        Assert.Equal((Delivery.Unknown, Concern.File, "s1", "a1", "failed", "Look."), (row.Delivery, row.Concern, row.SubmissionId, row.AssetId, row.Status, row.Note));
        ApiError error = row.Error!;
        Assert.Equal(("MediaMagic", 415, "UnsupportedContentType", "No."), (error.System, error.StatusCode, error.Code, error.Message));
        Assert.Equal((Concern.File, Delivery.Unknown), (error.Concern, error.Delivery));
    }

    [Fact]
    public void Read_has_no_error_and_no_texts_where_none_are_stored()
    {
        LedgerRow row = TestRow.Read(("blob_path", null), ("submission_id", null), ("asset_id", null), ("status", null), ("error_code", null), ("note", null));
        Assert.Equal((null, null, null, null, null), (row.BlobPath, row.SubmissionId, row.AssetId, row.Status, row.Note));
        Assert.Null(row.Error);
    }

    [Fact]
    public void Read_has_an_error_without_a_message_when_only_the_code_is_stored() => Assert.Equal("", TestRow.Read(("error_message", null)).Error!.Message);

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    [InlineData(1001, true)]
    public void IsLeased_is_true_until_the_time_of_the_lease_is_over(long until, bool leased) => Assert.Equal(leased, TestRow.Read(("lease_until", until)).IsLeased);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void IsUploaded_is_true_when_there_are_checksums(long checksums, bool uploaded) => Assert.Equal(uploaded, TestRow.Read(("checksums", checksums)).IsUploaded);

    [Theory]
    [InlineData(LedgerState.Claimed, false)]
    [InlineData(LedgerState.Uploaded, false)]
    [InlineData(LedgerState.Submitting, false)]
    [InlineData(LedgerState.Failed, false)]
    [InlineData(LedgerState.Submitted, true)]
    [InlineData(LedgerState.Complete, true)]
    public void IsSubmitted_is_true_when_nothing_is_left_to_send(string state, bool submitted) => Assert.Equal(submitted, TestRow.Read(("state", state)).IsSubmitted);

    [Theory]
    [InlineData(LedgerState.Failed, nameof(Concern.File), ErrorCode.UnsupportedContentType, true)]
    [InlineData(LedgerState.Failed, nameof(Concern.File), null, true)]
    [InlineData(LedgerState.Failed, nameof(Concern.File), ErrorCode.FileChanged, false)]
    [InlineData(LedgerState.Failed, nameof(Concern.File), ErrorCode.FileNotFound, false)]
    [InlineData(LedgerState.Failed, nameof(Concern.Request), ErrorCode.BadRequest, false)]
    [InlineData(LedgerState.Claimed, nameof(Concern.File), ErrorCode.UnsupportedContentType, false)]
    public void IsHopeless_is_true_when_the_content_itself_was_refused(string state, string concern, string? code, bool hopeless) =>
        Assert.Equal(hopeless, TestRow.Read(("state", state), ("error_concern", (long)Enum.Parse<Concern>(concern)), ("error_code", code)).IsHopeless);

    [Theory]
    [InlineData(ErrorCode.BlobPathCollision, false, true)]
    [InlineData(ErrorCode.BlobPathCollision, true, false)]
    [InlineData(ErrorCode.FileChanged, false, false)]
    [InlineData(null, false, false)]
    public void IsOverwritten_is_true_when_the_upload_is_gone_because_of_another_file(string? code, bool uploaded, bool overwritten) =>
        Assert.Equal(overwritten, TestRow.Read(("checksums", uploaded ? 1L : 0L), ("error_code", code)).IsOverwritten);

    [Fact]
    public void Fresh_is_a_claimed_row_of_which_nothing_is_sent()
    {
        LedgerRow row = LedgerRow.Fresh("A.txt", "a.txt", "me");
        Assert.Equal(("A.txt", LedgerState.Claimed, "me", "a.txt", Delivery.NotSent, false), (row.Name, row.State, row.Owner, row.UploadName, row.Delivery, row.IsUploaded));
    }

    [Fact]
    public void None_belongs_to_nobody() => Assert.Equal(("", "", "", false), (LedgerRow.None.State, LedgerRow.None.Owner, LedgerRow.None.UploadName, LedgerRow.None.IsLeased));
}
