using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Each documented body, read.</summary>
public class ErrorVectorTests
{
    [Theory]
    [InlineData("domain-401", 401, ApiEndpoint.Other, "InvalidApiKey", "Invalid API key")]
    [InlineData("domain-403", 403, ApiEndpoint.SubmissionCreate, "InvalidBlobPath", "Invalid blob path")]
    [InlineData("domain-404", 404, ApiEndpoint.Other, "NotFound", "Submission not found")]
    [InlineData("domain-409", 409, ApiEndpoint.SubmissionCreate, "AssetAlreadySubmitted", "Asset already submitted")]
    [InlineData("domain-409", 409, ApiEndpoint.Other, "AssetAlreadySubmitted", "Asset already submitted")]
    [InlineData("domain-409-blobpath", 409, ApiEndpoint.Other, "AssetAlreadySubmitted",
        "Asset with blobPath '<workspace-id>/campaign-video.mp4' already submitted")]
    [InlineData("domain-413", 413, ApiEndpoint.UploadDirect, "UploadTooLarge", "File too large; use the presigned upload URL")]
    [InlineData("domain-415", 415, ApiEndpoint.UploadDirect, "UnsupportedContentType", "Unsupported content type")]
    [InlineData("rate-limit-429", 429, ApiEndpoint.Other, "RateLimited", "Rate limit exceeded: too many submission writes")]
    [InlineData("plan-gate-402", 402, ApiEndpoint.Other, "PlanNotAuthorized", "Your plan does not include access to the Integrations API.")]
    public void MediaMagic(string vector, int status, ApiEndpoint endpoint, string code, string detail)
    {
        ApiError error = Answers.Read(status, Vectors.Read(vector), Answers.At(endpoint));
        Assert.Equal(ErrorSystem.MediaMagic, error.System);
        Assert.Equal(status, error.StatusCode);
        Assert.Equal(code, error.Code);
        Assert.Equal(detail, error.Detail);
        Assert.Equal(detail, error.Message);
        Assert.Equal(status == 429, error.Retryable);
        Assert.Equal($"{status} {code}: {detail}", error.ToString());
        Assert.Equal(Vectors.Read(vector), error.RawBody);
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
    }

    [Fact]
    public void Documentation_link_is_kept() =>
        Assert.Equal("https://docs.mediamagic.app/concepts/assets", Answers.Read(409, Vectors.Read("domain-409")).DocsUrl);

    [Fact]
    public void Plan_gate_names_bucket_and_keeps_its_word()
    {
        ApiError error = Answers.Read(402, Vectors.Read("plan-gate-402"), new ErrorContext { Bucket = "upload" });
        Assert.Equal("submission_write", error.Bucket);
        Assert.Equal("tier_not_authorized_for_integrations_api", error.AdditionalProperties["error_code"]);
    }

    [Theory]
    [InlineData("reten-400", 400, "BadRequest", "task_result.result must be a valid result type code")]
    [InlineData("reten-401", 401, "Unauthorized", "API key missing or invalid")]
    [InlineData("reten-403", 403, "Forbidden", "Insufficient permissions")]
    [InlineData("reten-409", 409, "Conflict", "Activity already has a result")]
    public void Reten(string vector, int status, string code, string detail)
    {
        ApiError error = Answers.Read(status, Vectors.Read(vector), Answers.At(ApiEndpoint.SubmissionCreate));
        Assert.Equal(ErrorSystem.Reten, error.System);
        Assert.Equal(code, error.Code);
        Assert.Equal(detail, error.Detail);
        Assert.Equal(detail, error.Message);
        Assert.False(error.Retryable);
        Assert.Empty(error.AdditionalProperties);
    }

    [Fact]
    public void Erynoa()
    {
        ApiError error = Answers.Read(422, Vectors.Read("erynoa-422"), null, ("X-Request-ID", "req_other"));
        Assert.Equal(ErrorSystem.Erynoa, error.System);
        Assert.Equal("validation_error", error.Code);
        Assert.Equal("The 'name' field is required.", error.Detail);
        Assert.Equal("req_01HX9P3NXVQMJRFT8K2BWYC7E", error.RequestId);
        FieldError field = Assert.Single(error.Fields);
        Assert.Equal("name", field.Field);
        Assert.Equal("This field is required.", field.Message);
        Assert.Equal("name: This field is required.", field.ToString());
        Assert.Empty(error.AdditionalProperties);
        Assert.False(error.Retryable);
    }
}
