using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Status, place and words decide the code.</summary>
public class CodeRulesTests
{
    [Theory]
    [InlineData("Missing X-API-Key header", "MissingApiKey")]
    [InlineData("Invalid API key", "InvalidApiKey")]
    [InlineData("This API key has expired", "ApiKeyExpired")]
    [InlineData("This API key has been revoked", "ApiKeyRevoked")]
    [InlineData("missing x-api-key HEADER", "MissingApiKey")]
    [InlineData("API key missing or invalid", "Unauthorized")]
    [InlineData("This key is not valid", "InvalidApiKey")]
    [InlineData("Not authenticated", "Unauthorized")]
    public void Unauthorized_by_words(string detail, string code) => Assert.Equal(code, Answers.Detail(401, detail).Code);

    [Theory]
    [InlineData("Invalid blob path", ApiEndpoint.SubmissionCreate, "InvalidBlobPath")]
    [InlineData("Invalid filename", ApiEndpoint.UploadUrl, "InvalidBlobPath")]
    [InlineData("blobPath is outside the workspace", ApiEndpoint.Other, "InvalidBlobPath")]
    [InlineData("Forbidden", ApiEndpoint.UploadDirect, "Forbidden")]
    [InlineData("Forbidden", ApiEndpoint.Sandbox, "SandboxOnly")]
    [InlineData("This endpoint is only available with sandbox keys", ApiEndpoint.Other, "SandboxOnly")]
    [InlineData("Forbidden", ApiEndpoint.Other, "Forbidden")]
    public void Forbidden_by_words_and_place(string detail, ApiEndpoint endpoint, string code) =>
        Assert.Equal(code, Answers.Detail(403, detail, endpoint).Code);

    [Theory]
    [InlineData("Asset has not finished processing", "AssetNotFinished", false)]
    [InlineData("Asset is still processing", "AssetNotFinished", false)]
    [InlineData("Asset not complete", "AssetNotFinished", false)]
    [InlineData("Analysis in progress", "AssetNotFinished", false)]
    [InlineData("Results are not ready", "AssetNotFinished", false)]
    [InlineData("Results not available yet", "AssetNotFinished", false)]
    [InlineData("The asset hasn't finished", "AssetNotFinished", false)]
    [InlineData("Asset is pending", "AssetNotFinished", false)]
    [InlineData("Asset not found", "NotFound", false)]
    [InlineData("Submission not found", "NotFound", false)]
    [InlineData("Asset 'in progress.mp4' not found", "NotFound", false)]
    [InlineData("Asset with id 'a1' does not exist", "NotFound", false)]
    [InlineData("No such asset", "NotFound", false)]
    [InlineData("Not Found", "NotFound", true)]
    [InlineData("", "NotFound", true)]
    [InlineData("Results are not available", "NotFound", true)]
    [InlineData("Asset results not found", "NotFound", true)]
    [InlineData("Asset not found or not finished", "NotFound", true)]
    public void Not_found_by_words_on_results(string detail, string code, bool undecided)
    {
        foreach (ApiEndpoint endpoint in (ApiEndpoint[])[ApiEndpoint.AssetIssues, ApiEndpoint.AssetTopics])
        {
            ApiError error = Answers.Detail(404, detail, endpoint);
            Assert.Equal(code, error.Code);
            Assert.Equal(undecided, ErrorReader.IsUndecidedNotFound(error));
        }
    }

    [Fact]
    public void Elsewhere_words_do_not_turn_a_404() =>
        Assert.Equal("NotFound", Answers.Detail(404, "Submission is still processing", ApiEndpoint.Other).Code);

    [Theory]
    [InlineData(404, "Asset has not finished processing", "AssetNotFinished")]
    [InlineData(502, "Failed to load results from storage", "ResultLoadFailed")]
    [InlineData(502, "Bad gateway", "ServerError")]
    public void Words_decide_when_nobody_knows_the_request(int status, string detail, string code) =>
        Assert.Equal(code, Answers.Read(status, $$"""{"detail":"{{detail}}"}""").Code);

    [Fact]
    public void A_gateway_s_404_is_undecided() =>
        Assert.True(ErrorReader.IsUndecidedNotFound(Answers.Read(404, "Asset not found", Answers.At(ApiEndpoint.AssetIssues))));

    [Theory]
    [InlineData(ApiEndpoint.SubmissionCreate, "Asset already submitted", "AssetAlreadySubmitted")]
    [InlineData(ApiEndpoint.SubmissionCreate, "Conflict", "AssetAlreadySubmitted")]
    [InlineData(ApiEndpoint.SubmissionCreate, "Asset with blobPath 'ws/in progress.mp4' already submitted", "AssetAlreadySubmitted")]
    [InlineData(ApiEndpoint.SubmissionCreate, "Asset with blobPath 'ws/it's in progress.mp4' already submitted", "AssetAlreadySubmitted")]
    [InlineData(ApiEndpoint.AssetRetry, "Retry already in progress", "RetryInProgress")]
    [InlineData(ApiEndpoint.AssetRetry, "A retry is already in flight", "RetryInProgress")]
    [InlineData(ApiEndpoint.AssetRetry, "Asset is not retryable", "AssetNotRetryable")]
    [InlineData(ApiEndpoint.AssetRetry, "Asset has not failed", "AssetNotRetryable")]
    [InlineData(ApiEndpoint.AssetRetry, "", "AssetNotRetryable")]
    [InlineData(ApiEndpoint.Other, "Asset already submitted", "AssetAlreadySubmitted")]
    [InlineData(ApiEndpoint.Other, "Asset is not retryable", "AssetNotRetryable")]
    [InlineData(ApiEndpoint.Other, "A retry is already in flight", "RetryInProgress")]
    [InlineData(ApiEndpoint.Other, "Asset cannot be retried", "AssetNotRetryable")]
    [InlineData(ApiEndpoint.Other, "Retry attempts exhausted", "AssetNotRetryable")]
    [InlineData(ApiEndpoint.Other, "A subscription for this URL already exists; retry with another", "Conflict")]
    [InlineData(ApiEndpoint.Other, "Something else", "Conflict")]
    public void Conflict_by_words_and_place(ApiEndpoint endpoint, string detail, string code) =>
        Assert.Equal(code, Answers.Detail(409, detail, endpoint).Code);

    [Theory]
    [InlineData(200, "InvalidResponse", false)]
    [InlineData(204, "InvalidResponse", false)]
    [InlineData(302, "InvalidResponse", false)]
    [InlineData(0, "InvalidResponse", false)]
    [InlineData(-7, "InvalidResponse", false)]
    [InlineData(400, "BadRequest", false)]
    [InlineData(402, "PlanNotAuthorized", false)]
    [InlineData(405, "RequestRejected", false)]
    [InlineData(408, "RequestRejected", false)]
    [InlineData(413, "UploadTooLarge", false)]
    [InlineData(415, "UnsupportedContentType", false)]
    [InlineData(418, "RequestRejected", false)]
    [InlineData(422, "ValidationFailed", false)]
    [InlineData(429, "RateLimited", true)]
    [InlineData(500, "ServerError", true)]
    [InlineData(501, "ServerError", false)]
    [InlineData(502, "ServerError", true)]
    [InlineData(503, "ServerError", false)]
    [InlineData(504, "ServerError", false)]
    [InlineData(599, "ServerError", false)]
    [InlineData(999, "ServerError", false)]
    public void Status_alone(int status, string code, bool retryable)
    {
        foreach (string body in (string[])["", "{}", "<html><title>x</title></html>", "{\"detail\":\"x\"}", "{\"message\":\"x\"}", "plain"])
        {
            ApiError error = Answers.Read(status, body, Answers.At(ApiEndpoint.Other));
            Assert.Equal((status, code, retryable), (error.StatusCode!.Value, error.Code, error.Retryable));
            Assert.False(string.IsNullOrEmpty(error.Message));
            Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
        }
    }

    [Theory]
    [InlineData(ApiEndpoint.AssetIssues, "ResultLoadFailed")]
    [InlineData(ApiEndpoint.AssetTopics, "ResultLoadFailed")]
    [InlineData(ApiEndpoint.Other, "ServerError")]
    public void Bad_gateway_by_place(ApiEndpoint endpoint, string code) =>
        Assert.Equal(code, Answers.Detail(502, "Failed to load results from storage", endpoint).Code);

    [Theory]
    [InlineData(ErrorSystem.Reten, 500, "ServerError", true)]
    [InlineData(ErrorSystem.Reten, 503, "ServerError", true)]
    [InlineData("reten", 500, "ServerError", true)]
    [InlineData("ERYNOA", 503, "service_unavailable", true)]
    [InlineData(ErrorSystem.Reten, 429, "RateLimited", false)]
    [InlineData(ErrorSystem.Reten, 401, "Unauthorized", false)]
    [InlineData(ErrorSystem.Erynoa, 429, "rate_limit_exceeded", true)]
    [InlineData(ErrorSystem.Erynoa, 503, "service_unavailable", true)]
    [InlineData(ErrorSystem.Erynoa, 502, "ServerError", false)]
    [InlineData(ErrorSystem.Erynoa, 401, "Unauthorized", false)]
    [InlineData(ErrorSystem.AzureBlob, 403, "Forbidden", false)]
    [InlineData(ErrorSystem.AzureBlob, 408, "RequestTimeout", true)]
    [InlineData(ErrorSystem.AzureBlob, 504, "ServerError", true)]
    [InlineData(ErrorSystem.ProblemDetails, 503, "ServerError", false)]
    public void A_system_that_was_told_stays_with_an_empty_body(string system, int status, string code, bool retryable)
    {
        ApiError error = Answers.Read(status, "", new ErrorContext { System = system });
        Assert.Equal(system, error.System, ignoreCase: true);
        Assert.Equal((code, retryable), (error.Code, error.Retryable));
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
    }
}
