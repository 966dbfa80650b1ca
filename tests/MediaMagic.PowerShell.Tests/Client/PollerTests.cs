using System;
using System.Collections.Generic;
using System.Threading;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Client;

/// <summary>A wait outlasts what passes, and nothing else.</summary>
public sealed class PollerTests
{
    private const string Id = "c0ffee00-0000-4000-8000-000000000001";
    private const string Running = $$"""{"submissionId":"{{Id}}","status":"processing","assets":[]}""";
    private const string Complete = $$"""{"submissionId":"{{Id}}","status":"complete","assets":[]}""";

    private readonly FakeClock _clock = new();
    private readonly List<ApiError> _troubles = [];

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void A_service_that_is_down_for_a_while_is_asked_again(int status)
    {
        Answers answers = Repeated(new Answers().Status(200, Running), 9, answers => answers.Status(status)).Status(200, Complete);
        Assert.Equal(SubmissionStatus.Complete, Wait(answers, 3600).Status);
        Assert.Contains(_troubles, trouble => trouble.StatusCode == status);
    }

    [Fact]
    public void Lost_connections_and_an_open_circuit_are_outlasted_too()
    {
        Answers answers = Repeated(new Answers(), 8, answers => answers.NotSent()).Status(200, Complete);
        Assert.Equal(SubmissionStatus.Complete, Wait(answers, 3600, options => options.BreakerThreshold = 5).Status);
        Assert.Contains(_troubles, trouble => trouble.Code == ErrorCode.CircuitOpen);
        Assert.Equal(9, answers.Asked.Count);
        Assert.True(_clock.Elapsed > TimeSpan.FromSeconds(60), "An open circuit is waited for as long as it says.");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public void What_does_not_pass_ends_the_wait_at_once(int status)
    {
        Answers answers = new Answers().Status(status);
        Assert.Equal(status, Assert.Throws<MediaMagicException>(() => Wait(answers, 3600)).Error.StatusCode);
        Assert.Single(answers.Asked);
        Assert.Empty(_troubles);
    }

    [Theory]
    [InlineData(true, "was still processing after 50 s: 503 ServerError")]
    [InlineData(false, "could not be read after 50 s: 503 ServerError")]
    public void The_end_of_the_time_tells_of_the_last_trouble(bool seen, string words)
    {
        Answers answers = (seen ? new Answers().Status(200, Running) : new Answers()).Status(503, """{"detail":"Down"}""");
        ApiError error = Assert.Throws<MediaMagicException>(() => Wait(answers, 50, options => options.BreakerThreshold = 1000)).Error;
        Assert.Equal(ErrorCode.WaitTimeout, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("Down", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(1, 5)]
    public void A_look_that_is_held_back_ends_with_the_time_or_soon_after(int seconds, int ended)
    {
        Answers answers = new Answers().Status(429, "{}", ("Retry-After", "40")).Status(200, Complete);
        Assert.Equal(ErrorCode.WaitTimeout, Assert.Throws<MediaMagicException>(() => Wait(answers, seconds)).Error.Code);
        Assert.Equal(TimeSpan.FromSeconds(ended), _clock.Elapsed);
        Assert.Single(answers.Asked);
    }

    [Fact]
    public void Without_any_time_there_is_one_look_all_the_same()
    {
        Answers answers = new Answers().Status(429, "{}", ("Retry-After", "40")).Status(200, Complete);
        Assert.Equal(SubmissionStatus.Complete, Wait(answers, 0).Status);
        Assert.Equal(ErrorCode.WaitTimeout, Assert.Throws<MediaMagicException>(() => Wait(new Answers().Status(200, Running), 0)).Error.Code);
    }

    [Fact]
    public void A_session_that_was_disconnected_is_not_waited_for()
    {
        Answers answers = new Answers().Status(200, Running);
        using MediaMagicClient client = TestClient.With(answers, _clock);
        using SubmissionPoller poller = new(client.Submissions, _clock, TimeSpan.FromSeconds(2));
        ApiError error = _clock.Fails(() => poller.WaitAsync(Id, TimeSpan.FromHours(1), _ => client.Dispose(), CancellationToken.None)).Error;
        Assert.Equal((ErrorCode.NotConnected, false), (error.Code, error.Retryable));
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Elapsed);
        Assert.Single(answers.Asked);
    }

    private static Answers Repeated(Answers answers, int times, Action<Answers> add)
    {
        for (int i = 0; i < times; i++)
        {
            add(answers);
        }

        return answers;
    }

    private Submission Wait(Answers answers, int seconds, Action<MediaMagicClientOptions>? change = null)
    {
        using MediaMagicClient client = TestClient.With(answers, _clock, change);
        using SubmissionPoller poller = new(client.Submissions, _clock, TimeSpan.FromSeconds(2), (_, trouble) => _troubles.Add(trouble));
        return _clock.Run(() => poller.WaitAsync(Id, TimeSpan.FromSeconds(seconds), null, CancellationToken.None));
    }
}
