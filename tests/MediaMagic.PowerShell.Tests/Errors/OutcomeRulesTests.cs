using System;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>What the error of a write says when earlier attempts may have worked.</summary>
public sealed class OutcomeRulesTests
{
    private const string Advice = "Do it.";
    private const string Submitted = "Asset already submitted";
    private const string AcceptedBefore = "An earlier attempt was accepted and its answer lost, so the id of the submission is not known. "
        + "Find the submission in MediaMagic or in your webhook events. Do not submit the file again.";

    private const string LookForVersion = "The request was sent once and is not repeated, because the service may have created the version and would create another. "
        + "Look for it first: Get-MMSubmissionVersion <previous submission id>.";

    private const string LookFirst = "The request is not repeated, because the service may have carried it out and would do so again. Look first whether it did.";

    private static string UnknownAdvice => ErrorCatalog.TextOf(ErrorSystem.MediaMagic, null, ErrorCode.SubmissionOutcomeUnknown).Action;

    [Fact]
    public void Settle_changes_nothing_when_there_was_no_call()
    {
        ErrorFacts facts = Facts(403);
        OutcomeRules.Settle(facts, new ErrorContext { Endpoint = ApiEndpoint.SubmissionCreate });
        AssertUnchanged(facts, Delivery.Unknown);
    }

    [Theory]
    [InlineData(Delivery.NotSent)]
    [InlineData(Delivery.Rejected)]
    [InlineData(Delivery.Accepted)]
    public void Settle_changes_nothing_when_the_delivery_is_known(Delivery delivery)
    {
        ErrorFacts facts = Facts(403);
        facts.Delivery = delivery;
        OutcomeRules.Settle(facts, Context(RequestSafety.CreateVersion));
        AssertUnchanged(facts, delivery);
    }

    [Theory]
    [InlineData(nameof(RequestSafety.Read))]
    [InlineData(nameof(RequestSafety.Idempotent))]
    [InlineData(nameof(RequestSafety.Create))]
    public void Settle_changes_nothing_when_a_repeat_does_no_harm_and_the_call_creates_no_submission(string safety)
    {
        ErrorFacts facts = Facts(403);
        OutcomeRules.Settle(facts, Context(Enum.Parse<RequestSafety>(safety), ApiEndpoint.AssetRetry));
        AssertUnchanged(facts, Delivery.Unknown);
    }

    [Theory]
    [InlineData(nameof(RequestSafety.Once), LookFirst)]
    [InlineData(nameof(RequestSafety.CreateVersion), LookForVersion)]
    public void Settle_allows_no_repeat_of_what_goes_once(string safety, string advice)
    {
        ErrorFacts facts = Facts(403);
        OutcomeRules.Settle(facts, Context(Enum.Parse<RequestSafety>(safety), ApiEndpoint.AssetRetry));
        Assert.Equal((ErrorCode.Forbidden, false, advice), (facts.Code, facts.Retryable, facts.RecommendedAction));
    }

    [Fact]
    public void Settle_finds_a_create_accepted_when_the_service_knows_the_blob_path()
    {
        ErrorFacts facts = Facts(409, ErrorCode.AssetAlreadySubmitted, Submitted);
        OutcomeRules.Settle(facts, Context(RequestSafety.Create));
        Assert.Equal((Delivery.Accepted, ErrorCode.AssetAlreadySubmitted, AcceptedBefore), (facts.Delivery, facts.Code, facts.RecommendedAction));
    }

    [Theory]
    [InlineData(ErrorSystem.Unknown, 409, ErrorCode.AssetAlreadySubmitted, Submitted)]
    [InlineData(ErrorSystem.MediaMagic, 400, ErrorCode.AssetAlreadySubmitted, Submitted)]
    [InlineData(ErrorSystem.MediaMagic, 409, ErrorCode.Conflict, Submitted)]
    [InlineData(ErrorSystem.MediaMagic, 409, ErrorCode.AssetAlreadySubmitted, "Conflict")]
    public void Settle_leaves_a_create_unknown_when_the_answer_is_not_the_words_of_the_service(string system, int status, string code, string detail)
    {
        ErrorFacts facts = Facts(status, code, detail);
        facts.System = system;
        OutcomeRules.Settle(facts, Context(RequestSafety.Create));
        Assert.Equal((Delivery.Unknown, ErrorCode.SubmissionOutcomeUnknown, UnknownAdvice), (facts.Delivery, facts.Code, facts.RecommendedAction));
    }

    [Fact]
    public void Settle_leaves_a_create_unknown_when_the_conflict_may_be_about_another_blob_path()
    {
        ErrorFacts facts = Facts(409, ErrorCode.AssetAlreadySubmitted, Submitted);
        OutcomeRules.Settle(facts, Context(RequestSafety.Create, ApiEndpoint.SubmissionCreate, 1, "w/a.mp4", "w/b.mp4"));
        Assert.Equal((Delivery.Unknown, ErrorCode.SubmissionOutcomeUnknown), (facts.Delivery, facts.Code));
    }

    [Fact]
    public void Settle_leaves_a_next_version_unknown_when_the_service_knows_the_blob_path()
    {
        ErrorFacts facts = Facts(409, ErrorCode.AssetAlreadySubmitted, Submitted);
        OutcomeRules.Settle(facts, Context(RequestSafety.CreateVersion));
        Assert.Equal((Delivery.Unknown, ErrorCode.SubmissionOutcomeUnknown, LookForVersion), (facts.Delivery, facts.Code, facts.RecommendedAction));
    }

    [Theory]
    [InlineData(403, 1, "it was sent 2 times, and one answer was lost; the last attempt ended in Forbidden.")]
    [InlineData(500, 1, "it was sent 2 times, and one answer was lost; the last attempt ended in Forbidden.")]
    [InlineData(499, 0, "an attempt may have been accepted, and the last one ended in Forbidden.")]
    [InlineData(null, 0, "an attempt may have been accepted, and the last one ended in Forbidden.")]
    public void Settle_says_what_is_known_of_the_attempts(int? status, int lost, string known)
    {
        ErrorFacts facts = Facts(status);
        OutcomeRules.Settle(facts, Context(RequestSafety.Create, ApiEndpoint.SubmissionCreate, lost));
        string message = "The submission of 'w/a.mp4' may exist: " + known;
        Assert.Equal((ErrorCode.SubmissionOutcomeUnknown, message, message, false), (facts.Code, facts.Message, facts.Detail, facts.Retryable));
    }

    [Fact]
    public void Settle_says_that_an_unreadable_answer_was_an_acceptance()
    {
        ErrorFacts facts = Facts(201, ErrorCode.InvalidResponse);
        OutcomeRules.Settle(facts, Context(RequestSafety.Create, ApiEndpoint.SubmissionCreate, 0));
        Assert.Equal("The submission of 'w/a.mp4' may exist: the service accepted it, but its answer cannot be read (No.).", facts.Message);
    }

    [Theory]
    [InlineData(nameof(RequestSafety.Create), null)]
    [InlineData(nameof(RequestSafety.CreateVersion), LookForVersion)]
    public void Settle_keeps_the_code_when_the_service_failed_at_every_attempt(string safety, string? advice)
    {
        ErrorFacts facts = Facts(500, ErrorCode.ServerError);
        OutcomeRules.Settle(facts, Context(Enum.Parse<RequestSafety>(safety), ApiEndpoint.SubmissionCreate, 0));
        Assert.Equal((ErrorCode.ServerError, "No.", false, advice ?? UnknownAdvice), (facts.Code, facts.Message, facts.Retryable, facts.RecommendedAction));
    }

    [Theory]
    [InlineData(1, "'1'")]
    [InlineData(3, "'1', '2', '3'")]
    [InlineData(4, "'1', '2', '3' and 1 more")]
    public void MayExist_names_three_blob_paths_at_most(int count, string named)
    {
        string[] paths = ["1", "2", "3", "4"];
        Assert.Equal($"The submission of {named} may exist: lost.", OutcomeRules.MayExist(paths[..count], "lost"));
    }

    [Theory]
    [InlineData("It failed", "It failed.")]
    [InlineData(" It failed. ", "It failed.")]
    public void Ended_ends_a_sentence_with_one_full_stop(string sentence, string expected) => Assert.Equal(expected, OutcomeRules.Ended(sentence));

    private static ErrorFacts Facts(int? status, string code = ErrorCode.Forbidden, string detail = "No.") => new()
    {
        StatusCode = status,
        Code = code,
        Message = detail,
        Detail = detail,
        Retryable = true,
        RecommendedAction = Advice,
        Delivery = Delivery.Unknown,
    };

    private static ErrorContext Context(RequestSafety safety, ApiEndpoint endpoint = ApiEndpoint.SubmissionCreate, int lost = 1, params string[] paths) =>
        new() { Endpoint = endpoint, Call = new CallOutcome(safety, Delivery.Unknown, 2, lost, paths.Length == 0 ? ["w/a.mp4"] : paths) };

    private static void AssertUnchanged(ErrorFacts facts, Delivery delivery) => Assert.Equal(
        (ErrorCode.Forbidden, "No.", true, Advice, delivery),
        (facts.Code, facts.Message, facts.Retryable, facts.RecommendedAction, facts.Delivery));
}
