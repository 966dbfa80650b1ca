using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>Another try for an asset whose answer was lost: a refusal of the repeat is not taken for one of the first.</summary>
public sealed class AssetRetryTests
{
    private const string Refusal = """{"detail":"Asset has not failed"}""";
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("processing")]
    [InlineData("complete")]
    public void What_was_taken_is_returned(string status)
    {
        Answers answers = new Answers().Lost().Status(409, Refusal).Status(200, Submission(status));
        using MediaMagicClient client = TestClient.With(answers, _clock);
        Submission retried = _clock.Run(() => client.Assets.RetryAsync("s1", "a1"));
        Assert.Equal(("s1", status), (retried.SubmissionId, retried.Assets[0].Status));
        Assert.Equal(3, answers.Asked.Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public void What_nobody_can_tell_is_said(int status)
    {
        Answers answers = new Answers().Status(500).Status(409, Refusal).Status(status, Submission("failed"));
        ApiError error = Fails(answers);
        Assert.Equal((ErrorCode.AssetNotRetryable, true), (error.Code, error.OutcomeUnknown));
        Assert.Equal(3, answers.Asked.Count);
    }

    [Fact]
    public void A_refusal_of_the_first_is_one()
    {
        Answers answers = new Answers().Status(429).Status(409, Refusal);
        ApiError error = Fails(answers);
        Assert.Equal((ErrorCode.AssetNotRetryable, false), (error.Code, error.OutcomeUnknown));
        Assert.Equal(2, answers.Asked.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public void Recommendation_says_to_read_the_status_first_when_a_server_error_leaves_the_retry_unknown(int status)
    {
        ApiError error = Fails(new Answers().Status(status));
        Assert.Equal((ErrorCode.ServerError, Delivery.Unknown), (error.Code, error.Delivery));
        Assert.StartsWith("Read the status of the asset first: Get-MMSubmission", error.RecommendedAction, System.StringComparison.Ordinal);
        Assert.DoesNotContain("in a moment", error.RecommendedAction, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Recommendation_says_to_read_the_status_first_when_the_answers_were_lost() =>
        Assert.StartsWith("Read the status of the asset first", Fails(new Answers().Lost()).RecommendedAction, System.StringComparison.Ordinal);

    private static string Submission(string status) =>
        $$"""{"submissionId":"s1","status":"{{status}}","assets":[{"assetId":"a1","status":"{{status}}"}]}""";

    private ApiError Fails(Answers answers)
    {
        using MediaMagicClient client = TestClient.With(answers, _clock);
        return _clock.Fails(() => client.Assets.RetryAsync("s1", "a1")).Error;
    }
}
