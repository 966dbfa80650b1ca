using System;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>Stored results that cannot be loaded are no outage of the service.</summary>
public sealed class ResultFailureTests
{
    private const string LoadFailed = """{"detail":"Failed to load results from storage"}""";
    private const string Read = """{"submissionId":"s1","status":"complete"}""";
    private readonly FakeClock _clock = new();

    [Fact]
    public void Breaker_stays_closed_when_the_results_of_two_assets_cannot_be_loaded()
    {
        Answers answers = new();
        for (int attempt = 0; attempt < 8; attempt++)
        {
            answers.Status(502, LoadFailed);
        }

        answers.Status(200, Read);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        AssertFails(() => client.Assets.GetIssuesAsync("s1", "a1"));
        AssertFails(() => client.Assets.GetTopicsAsync("s1", "a2"));
        Assert.Equal((BreakerState.Closed, 8), (client.BreakerState, answers.Asked.Count));
        for (int asset = 3; asset <= 8; asset++)
        {
            Assert.Equal("s1", _clock.Run(() => client.Assets.GetAsync("s1", $"a{asset}")).SubmissionId);
        }

        _clock.Run(() => client.Uploads.CreateUrlAsync("a.mp4", "video/mp4"));
        Assert.Equal(15, answers.Asked.Count);
    }

    [Fact]
    public void Breaker_opens_when_other_requests_are_answered_502()
    {
        Answers answers = new Answers().Status(502, LoadFailed);
        using MediaMagicClient client = TestClient.With(answers, _clock, options => options.MaxAttempts = 1);
        for (int call = 0; call < 5; call++)
        {
            Assert.Equal(BreakerState.Closed, client.BreakerState);
            _clock.Fails(() => client.Submissions.GetAsync("s1"));
        }

        Assert.Equal(BreakerState.Open, client.BreakerState);
    }

    [Fact]
    public void Breaker_counts_on_when_a_result_cannot_be_loaded()
    {
        Answers answers = new Answers().Status(500).Status(500).Status(500).Status(500).Status(502, LoadFailed).Status(500).Status(502, LoadFailed);
        using MediaMagicClient client = TestClient.With(answers, _clock, options => options.MaxAttempts = 1);
        for (int call = 0; call < 4; call++)
        {
            _clock.Fails(() => client.Submissions.GetAsync("s1"));
        }

        _clock.Fails(() => client.Assets.GetIssuesAsync("s1", "a1"));
        Assert.Equal(BreakerState.Closed, client.BreakerState);
        _clock.Fails(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(BreakerState.Open, client.BreakerState);

        // A probe that meets such a result closes nothing either.
        _clock.Advance(TimeSpan.FromMinutes(1));
        _clock.Fails(() => client.Assets.GetIssuesAsync("s1", "a1"));
        Assert.Equal(BreakerState.HalfOpen, client.BreakerState);
    }

    private void AssertFails<T>(Func<Task<T>> read)
    {
        ApiError error = _clock.Fails(read).Error;
        Assert.Equal((ErrorCode.ResultLoadFailed, 502, 4), (error.Code, error.StatusCode, error.Attempts));
    }
}
