using System;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Advice where several causes share a status and a code.</summary>
public sealed class DetailAdviceTests
{
    [Fact]
    public void Reten_conflict_about_a_result_leads_to_the_override()
    {
        ApiError error = Answers.Read(409, Vectors.Read("reten-409"));
        Assert.Equal((ErrorSystem.Reten, "Conflict"), (error.System, error.Code));
        Assert.Contains("hard_override: true", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("duplicate", error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Reten_conflict_about_a_duplicate_never_leads_to_the_override()
    {
        string[] bodies =
        [
            Vectors.Read("reten-409-duplicate"),
            """{"statusCode":409,"error":"Conflict","message":"commerce_external_id must be unique"}""",
            """{"statusCode":409,"error":"Conflict","message":["Duplicate idempotency key"]}""",
            """{"statusCode":409,"error":"Conflict"}""",
        ];
        foreach (string body in bodies)
        {
            ApiError error = Answers.Read(409, body);
            Assert.Equal((ErrorSystem.Reten, "Conflict"), (error.System, error.Code));
            Assert.Contains("read what exists", error.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain("hard_override", error.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Retry_of_a_source_that_is_not_supported_is_not_retryable_and_has_its_own_advice()
    {
        ApiError source = Answers.Read(409, Vectors.Read("retry-409-source"), Answers.At(ApiEndpoint.AssetRetry));
        Assert.Equal((ErrorCode.AssetNotRetryable, false), (source.Code, source.Retryable));
        Assert.Contains("new submission", source.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("New-MMSubmission", source.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("Submit-MMFile", source.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("-Retryable", source.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Submission source isn't supported for retry")]
    [InlineData("This source is not supported")]
    [InlineData("Unsupported source: its retry is not possible")]
    public void Words_about_the_source_decide_without_the_endpoint(string detail) =>
        Assert.Equal(ErrorCode.AssetNotRetryable, Answers.Detail(409, detail).Code);

    [Theory]
    [InlineData("Asset has not failed")]
    [InlineData("The last error cannot be retried")]
    [InlineData("Asset 'the source is not supported.mp4' has not failed")]
    public void Retry_that_is_refused_for_another_cause_keeps_its_advice(string detail)
    {
        ApiError error = Answers.Detail(409, detail, ApiEndpoint.AssetRetry);
        Assert.Equal(ErrorCode.AssetNotRetryable, error.Code);
        Assert.Contains("Get-MMFailedAsset", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Blob_over_its_cap_has_advice_about_the_category_when_it_is_submitted()
    {
        ApiError error = Answers.Detail(413, "Blob exceeds the size limit of bucket video", ApiEndpoint.SubmissionCreate);
        Assert.Equal(ErrorCode.UploadTooLarge, error.Code);
        Assert.Contains("category", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("5 GB for video", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("bucket", error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Presigned", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Direct_upload_over_its_cap_has_advice_about_the_presigned_way()
    {
        ApiError error = Answers.Read(413, Vectors.Read("domain-413"), Answers.At(ApiEndpoint.UploadDirect));
        Assert.Contains("-Method Presigned", error.RecommendedAction, StringComparison.Ordinal);
    }
}
