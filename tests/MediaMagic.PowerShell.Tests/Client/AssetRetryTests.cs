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

    private static string Submission(string status) =>
        $$"""{"submissionId":"s1","status":"{{status}}","assets":[{"assetId":"a1","status":"{{status}}"}]}""";

    private ApiError Fails(Answers answers)
    {
        using MediaMagicClient client = TestClient.With(answers, _clock);
        return _clock.Fails(() => client.Assets.RetryAsync("s1", "a1")).Error;
    }
}
