using System;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>An observer that fails after a request was sent. What it throws never hides that the request may have worked.</summary>
public sealed class ObserverFailureTests
{
    private const string Created = """{"submissionId":"s1","status":"submitted","assets":[{"assetId":"a1"}]}""";
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(FailingObserver.Exchange)]
    [InlineData(FailingObserver.Request)]
    public void Create_is_unknown_when_the_observer_fails_after_a_success(string moment)
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(201, Created), _clock);
        MediaMagicException failure = _clock.Fails(() => Create(client, new FailingObserver(moment, new InvalidOperationException("The window is closed."))));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown, false), (failure.Error.Code, failure.Delivery, failure.Error.Retryable));
        Assert.Contains("'w/a.mp4' may exist", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The window is closed.", failure.InnerException!.Message, StringComparison.Ordinal);
        AssertGuarded(client);
    }

    [Theory]
    [InlineData(FailingObserver.Exchange)]
    [InlineData(FailingObserver.Request)]
    public void Create_is_unknown_when_the_observer_cancels_after_a_success(string moment)
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(201, Created), _clock);
        RequestCanceledException failure = Assert.Throws<RequestCanceledException>(
            () => { _clock.Run(() => Create(client, new FailingObserver(moment, new OperationCanceledException("Stopped.")))); });
        Assert.Equal(Delivery.Unknown, failure.Delivery);
        AssertGuarded(client);
    }

    [Theory]
    [InlineData(FailingObserver.Request)]
    [InlineData(FailingObserver.Wait)]
    public void Create_is_unknown_when_the_observer_fails_after_a_server_error(string moment)
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(500), _clock, options => options.RetryBaseDelay = TimeSpan.FromSeconds(10));
        MediaMagicException failure = _clock.Fails(() => Create(client, new FailingObserver(moment, new InvalidOperationException("The window is closed."))));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, Delivery.Unknown), (failure.Error.Code, failure.Delivery));
        AssertGuarded(client);
    }

    [Fact]
    public void Read_fails_with_what_the_observer_throws()
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(200, Created), _clock);
        InvalidOperationException thrown = new("The window is closed.");
        MediaMagicClient observed = client.Observed(new FailingObserver(FailingObserver.Exchange, thrown));
        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => { _clock.Run(() => observed.Submissions.GetAsync("s1")); }));
    }

    private static Task<Submission> Create(MediaMagicClient client, RequestObserver observer) =>
        client.Observed(observer).Submissions.CreateAsync(new NewSubmission("w/a.mp4"));

    // The session remembers that the path may be submitted.
    private void AssertGuarded(MediaMagicClient client)
    {
        MediaMagicException refused = _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        Assert.Equal((ErrorCode.AssetAlreadySubmitted, Delivery.Unknown), (refused.Error.Code, refused.Delivery));
    }
}
