using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>
/// Completes the error of a write with what its earlier attempts may have done. <see cref="Delivery.Unknown"/> is sticky: a rejection of the
/// last attempt proves nothing about the first one.
/// </summary>
internal static class OutcomeRules
{
    private const int MaxPaths = 3;
    private const int MaxMessage = 4000;

    private const string AcceptedBefore = "An earlier attempt was accepted and its answer lost, so the id of the submission is not known. "
        + "Find the submission in MediaMagic or in your webhook events. Do not submit the file again.";

    private const string LookForVersion = "The request was sent once and is not repeated, because the service may have created the version and would create another. "
        + "Look for it first: Get-MMSubmissionVersion <previous submission id>.";

    private const string ReadAssetFirst = "Read the status of the asset first: Get-MMSubmission <submission id>. The service may have begun the retry. "
        + "Retry the asset again only if it is still failed.";

    private const string LookFirst = "The request is not repeated, because the service may have carried it out and would do so again. Look first whether it did.";

    private static ErrorText UnknownText => ErrorCatalog.TextOf(ErrorSystem.MediaMagic, null, ErrorCode.SubmissionOutcomeUnknown);

    /// <summary>Settles the delivery, and chooses the code and advice that follow from it.</summary>
    public static void Settle(ErrorFacts facts, ErrorContext context)
    {
        if (context.Call is not CallOutcome call || facts.Delivery != Delivery.Unknown)
        {
            return;
        }

        if (call.Safety is RequestSafety.CreateVersion or RequestSafety.Once)
        {
            facts.Retryable = false;
            facts.RecommendedAction = call.Safety == RequestSafety.CreateVersion ? LookForVersion : LookFirst;
        }

        if (context.Endpoint != ApiEndpoint.SubmissionCreate)
        {
            bool hasAdvice = context.Endpoint != ApiEndpoint.AssetRetry || facts.StatusCode < 500;
            facts.RecommendedAction = hasAdvice ? facts.RecommendedAction : ReadAssetFirst;
            return;
        }

        facts.Retryable = false;

        // In a create of several blob paths the 409 may be about one of them only.
        if (call.Safety == RequestSafety.Create && call.BlobPaths.Count == 1 && SaysSubmitted(facts, call.BlobPaths[0]))
        {
            facts.Delivery = Delivery.Accepted;
            facts.RecommendedAction = AcceptedBefore;
        }
        else if (call.LostAnswers > 0 || facts.StatusCode is null or < 500)
        {
            MakeUnknown(facts, call, new ErrorScrubber(context.Redactor));
        }
        else if (call.Safety == RequestSafety.Create)
        {
            facts.RecommendedAction = UnknownText.Action;
        }
    }

    /// <summary>Returns a sentence that says that the submission of the blob paths may exist.</summary>
    public static string MayExist(IEnumerable<string> blobPaths, string known)
    {
        string[] paths = [.. blobPaths.Select(static path => $"'{path}'")];
        string first = string.Join(", ", paths.Take(MaxPaths));
        string named = paths.Length > MaxPaths ? $"{first} and {paths.Length - MaxPaths} more" : first;
        return $"The submission of {named} may exist: {Ended(known)}";
    }

    /// <summary>Returns the sentence with a full stop at its end.</summary>
    public static string Ended(string sentence)
    {
        string text = sentence.Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    // Only the service itself knows; a 409 of a gateway says nothing.
    private static bool SaysSubmitted(ErrorFacts facts, string blobPath) =>
        facts is { System: ErrorSystem.MediaMagic, StatusCode: 409, Code: ErrorCode.AssetAlreadySubmitted }
            && new DetailWords(facts.Detail) is { SaySubmitted: true } words
            && !words.NameOther(blobPath);

    private static void MakeUnknown(ErrorFacts facts, CallOutcome call, ErrorScrubber scrubber)
    {
        // A redirect has a status, and is no acceptance.
        string known = facts is { Code: ErrorCode.InvalidResponse, StatusCode: null or < 300 }
            ? $"the service accepted it, but its answer cannot be read ({facts.Message})"
            : call.LostAnswers == 0 ? $"an attempt may have been accepted, and the last one ended in {facts.Code}"
            : call.Attempts == 1 ? $"it was sent once, and its answer was lost ({facts.Code})"
            : FormattableString.Invariant($"it was sent {call.Attempts} times, and {Answers(call.LostAnswers)} lost; the last attempt ended in {facts.Code}");
        facts.Message = scrubber.Line(MayExist(call.BlobPaths, known), MaxMessage)!;
        facts.Detail = facts.Message;
        facts.Code = ErrorCode.SubmissionOutcomeUnknown;
        facts.RecommendedAction = call.Safety == RequestSafety.CreateVersion ? LookForVersion : UnknownText.Action;
    }

    private static string Answers(int lost) => lost == 1 ? "one answer was" : FormattableString.Invariant($"{lost} answers were");
}
