using System;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Http;

/// <summary>What is said of a create whose answers went missing.</summary>
public sealed class CreateOutcomeTests
{
    private const string Created = """{"submissionId":"s1","status":"submitted","assets":[{"assetId":"a1"}]}""";
    private const string Duplicate = """{"detail":"Asset with blobPath 'w/a.mp4' already submitted"}""";
    private readonly FakeClock _clock = new();

    [Fact]
    public void A_conflict_on_the_first_attempt_means_already_submitted() =>
        Expect(new Answers().Status(409, Duplicate), ErrorCode.AssetAlreadySubmitted, 1, Delivery.Rejected);

    [Fact]
    public void A_conflict_after_a_lost_answer_settles_that_the_create_was_accepted() =>
        Expect(new Answers().Lost().Status(409, Duplicate), ErrorCode.AssetAlreadySubmitted, 2, Delivery.Accepted);

    [Fact]
    public void A_conflict_after_a_time_out_settles_that_the_create_was_accepted() =>
        Expect(new Answers().Silence().Status(409, Duplicate), ErrorCode.AssetAlreadySubmitted, 2, Delivery.Accepted);

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public void A_conflict_after_a_server_error_settles_that_the_create_was_accepted(int status) =>
        Expect(new Answers().Status(status).Status(409, Duplicate), ErrorCode.AssetAlreadySubmitted, 2, Delivery.Accepted);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"detail\":\"Conflict\"}")]
    [InlineData("<html><title>already submitted</title></html>")]
    [InlineData("{\"statusCode\":409,\"error\":\"Conflict\",\"message\":\"already submitted\"}")]
    public void A_conflict_that_is_not_the_service_s_own_word_settles_nothing(string body) =>
        Expect(new Answers().Lost().Status(409, body), ErrorCode.SubmissionOutcomeUnknown, 2, Delivery.Unknown);

    [Fact]
    public void Only_one_more_try_follows_a_lost_answer() =>
        Expect(new Answers().Lost().Lost().Status(201, Created), ErrorCode.SubmissionOutcomeUnknown, 2, Delivery.Unknown);

    [Fact]
    public void A_time_out_counts_as_a_lost_answer() =>
        Expect(new Answers().Silence().Lost().Status(201, Created), ErrorCode.SubmissionOutcomeUnknown, 2, Delivery.Unknown);

    [Fact]
    public void A_lost_answer_that_nothing_settles_stays_unknown() =>
        Expect(new Answers().Lost().NotSent(), ErrorCode.SubmissionOutcomeUnknown, 4, Delivery.Unknown);

    [Fact]
    public void A_lost_answer_before_server_errors_stays_unknown() =>
        Expect(new Answers().Lost().Status(500), ErrorCode.SubmissionOutcomeUnknown, 4, Delivery.Unknown);

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public void A_rejection_after_a_lost_answer_settles_nothing(int status) =>
        Expect(new Answers().Lost().Status(status), ErrorCode.SubmissionOutcomeUnknown, 2, Delivery.Unknown);

    [Fact]
    public void Rate_limits_after_a_lost_answer_settle_nothing() =>
        Expect(new Answers().Lost().Status(429, "{}", ("Retry-After", "1")), ErrorCode.SubmissionOutcomeUnknown, 4, Delivery.Unknown);

    [Fact]
    public void Server_errors_alone_are_server_errors_that_may_have_had_an_effect() =>
        Expect(new Answers().Status(500), ErrorCode.ServerError, 4, Delivery.Unknown);

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public void Server_errors_alone_do_not_invite_a_repeat_of_a_create(int status) =>
        Assert.False(_clock.Fails(() => Create(new Answers().Status(status))).Error.Retryable);

    [Fact]
    public void Recommendation_after_server_errors_alone_says_that_the_submission_may_exist()
    {
        ApiError error = _clock.Fails(() => Create(new Answers().Status(500))).Error;
        Assert.StartsWith("Do not submit the same blob path again.", error.RecommendedAction, StringComparison.Ordinal);
        error = _clock.Fails(() => Create(new Answers().Status(500), "s0")).Error;
        Assert.Contains("Get-MMSubmissionVersion", error.RecommendedAction, StringComparison.Ordinal);
        error = _clock.Fails(() => Create(new Answers().Lost(), "s0")).Error;
        Assert.Contains("Get-MMSubmissionVersion", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_never_sent_had_no_effect() =>
        Expect(new Answers().NotSent(), ErrorCode.ConnectionFailed, 4, Delivery.NotSent);

    [Fact]
    public void Rate_limits_had_no_effect() =>
        Expect(new Answers().Status(429, "{}", ("Retry-After", "1")), ErrorCode.RateLimited, 4, Delivery.Rejected);

    [Theory]
    [InlineData("")]
    [InlineData("{\"submissionId\":")]
    [InlineData("{}")]
    [InlineData("{\"submissionId\":\" \",\"status\":\"submitted\"}")]
    [InlineData("<html>ok</html>")]
    public void An_acceptance_that_cannot_be_read_is_an_unknown_outcome(string body) =>
        Expect(new Answers().Status(201, body), ErrorCode.SubmissionOutcomeUnknown, 1, Delivery.Unknown);

    [Fact]
    public void A_next_version_is_not_sent_again_after_a_lost_answer() =>
        Expect(new Answers().Lost().Status(201, Created), ErrorCode.SubmissionOutcomeUnknown, 1, Delivery.Unknown, previous: "s0");

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public void A_next_version_is_not_sent_again_after_a_server_error(int status) =>
        Expect(new Answers().Status(status).Status(201, Created), ErrorCode.ServerError, 1, Delivery.Unknown, previous: "s0");

    [Fact]
    public void A_next_version_is_sent_again_where_nothing_can_have_happened()
    {
        Answers answers = new Answers().NotSent().Status(429, "{}", ("Retry-After", "1")).Status(201, Created);
        Assert.Equal("s1", _clock.Run(() => Create(answers, "s0")).SubmissionId);
        Assert.Equal(3, answers.Asked.Count);
    }

    [Fact]
    public void A_connection_that_takes_too_long_is_no_cancellation()
    {
        // As the handler says it when its own time-out for connecting ends.
        Answers answers = new Answers()
            .Add((_, _) => throw new TaskCanceledException("The operation was canceled.", new TimeoutException("A connection could not be established.")))
            .Status(201, Created);
        Assert.Equal("s1", _clock.Run(() => Create(answers)).SubmissionId);
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public void A_session_that_is_disconnected_meanwhile_leaves_an_unknown_outcome()
    {
        Answers answers = new Answers().Add(async (request, stop) =>
        {
            await request.Content!.ReadAsByteArrayAsync(stop);
            throw new OperationCanceledException("The client was disposed.");
        }).Add((_, _) => throw new ObjectDisposedException("HttpClient"));
        MediaMagicException failure = _clock.Fails(() => Create(answers));
        Assert.Equal(ErrorCode.SubmissionOutcomeUnknown, failure.Error.Code);
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public void The_message_says_what_is_known_and_the_recommendation_where_to_look()
    {
        MediaMagicException failure = _clock.Fails(() => Create(new Answers().Lost().Status(409, Duplicate)));
        Assert.Contains("already submitted", failure.Message, StringComparison.Ordinal);
        Assert.Contains("accepted", failure.Error.RecommendedAction, StringComparison.Ordinal);
        Assert.False(failure.Error.Retryable);

        failure = _clock.Fails(() => Create(new Answers().Lost().Status(422)));
        Assert.Contains("'w/a.mp4' may exist", failure.Message, StringComparison.Ordinal);
        Assert.Contains(ErrorCode.ValidationFailed, failure.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(failure.Error.RecommendedAction));
        Assert.False(failure.Error.Retryable);
    }

    [Fact]
    public void The_message_about_a_redirect_does_not_say_that_the_service_accepted_anything()
    {
        MediaMagicException failure = _clock.Fails(() => Create(new Answers().Status(302, string.Empty, ("Location", "https://login.test/"))));
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, 302, Delivery.Unknown), (failure.Error.Code, failure.Error.StatusCode, failure.Delivery));
        Assert.DoesNotContain("the service accepted it", failure.Error.Message, StringComparison.Ordinal);
        Assert.Contains(ErrorCode.InvalidResponse, failure.Error.Message, StringComparison.Ordinal);

        failure = _clock.Fails(() => Create(new Answers().Status(201, "<html>ok</html>")));
        Assert.Contains("the service accepted it", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_counts_attempts_and_lost_answers_in_plain_words()
    {
        Assert.Contains("it was sent once, and its answer was lost (Timeout).", _clock.Fails(() => Create(new Answers().Silence(), "s0")).Error.Message, StringComparison.Ordinal);
        Assert.Contains("it was sent 2 times, and one answer was lost; the last attempt ended in ValidationFailed.", _clock.Fails(() => Create(new Answers().Lost().Status(422))).Error.Message, StringComparison.Ordinal);
        Assert.Contains("it was sent 2 times, and 2 answers were lost; the last attempt ended in ConnectionFailed.", _clock.Fails(() => Create(new Answers().Lost())).Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_lost_answer_is_followed_up_not_sooner_than_the_base_delay(int seconds)
    {
        Answers answers = new Answers { Clock = _clock }.Lost().Status(201, Created);
        using MediaMagicClient client = TestClient.With(answers, _clock, options => options.RetryBaseDelay = TimeSpan.FromSeconds(seconds));
        _clock.Run(() => client.Submissions.CreateAsync(new NewSubmission("w/a.mp4")));
        Assert.True(answers.Times[1] >= TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(null, ErrorCode.ConnectionFailed)]
    [InlineData(500, ErrorCode.ServerError)]
    [InlineData(502, ErrorCode.ServerError)]
    public void A_webhook_that_may_have_been_created_is_not_created_twice(int? status, string code)
    {
        Answers answers = status is int failed ? new Answers().Status(failed) : new Answers().Lost();
        using MediaMagicClient client = TestClient.With(answers.Status(201, "{}"), _clock);
        MediaMagicException failure = _clock.Fails(() => client.Webhooks.CreateAsync("https://example.com", [WebhookEventType.AssetProcessingFailed]));
        Assert.Single(answers.Asked);
        Assert.Equal((code, Delivery.Unknown, false), (failure.Error.Code, failure.Delivery, failure.Error.Retryable));
        Assert.Contains("Look first", failure.Error.RecommendedAction, StringComparison.Ordinal);
    }

    private Task<Submission> Create(Answers answers, string? previous = null)
    {
        NewSubmission submission = new();
        submission.Assets.Add(new NewAsset { BlobPath = "w/a.mp4", PreviousSubmissionId = previous });
        return TestClient.With(answers, _clock).Submissions.CreateAsync(submission);
    }

    private void Expect(Answers answers, string code, int attempts, Delivery delivery, string? previous = null)
    {
        MediaMagicException failure = _clock.Fails(() => Create(answers, previous));
        Assert.Equal(code, failure.Error.Code);
        Assert.Equal(attempts, answers.Asked.Count);
        Assert.Equal(attempts, failure.Error.Attempts);
        Assert.Equal((delivery, delivery), (failure.Delivery, failure.Error.Delivery));
        Assert.Equal(delivery == Delivery.Unknown, failure.Error.OutcomeUnknown);
    }
}
