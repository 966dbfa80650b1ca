namespace MediaMagic.Errors;

/// <summary>Advice that depends on what an answer says, where several causes share a status and a code.</summary>
internal static class DetailAdvice
{
    private const string OverrideResult = "send again with hard_override: true if it must be overwritten";
    private const string ReadDuplicate = "read what exists, do not override";

    private const string SourceNotSupported =
        "The service does not retry assets of this submission, whichever way they came to it. Submit the file again, as a new submission: New-MMSubmission.";

    private const string CategoryTooLarge =
        "The file is larger than its category allows: 5 GB for video, 500 MB for audio, 50 MB for images, 100 MB for documents. Check it with Test-MMFile, then shorten or compress it.";

    /// <summary>Returns the advice for the error; null when its code says enough.</summary>
    public static string? Of(ErrorFacts facts, ApiEndpoint endpoint) => (facts.System, facts.StatusCode) switch
    {
        // A duplicate that is overridden is gone, so only a message about a result may lead there.
        (ErrorSystem.Reten, 409) => new DetailWords(facts.Detail).SayResult ? OverrideResult : ReadDuplicate,
        (ErrorSystem.MediaMagic, 409) when facts.Code == ErrorCode.AssetNotRetryable && new DetailWords(facts.Detail).SaySource => SourceNotSupported,

        // The service calls a category of files a bucket here, which is not a rate bucket.
        (ErrorSystem.MediaMagic, 413) when endpoint == ApiEndpoint.SubmissionCreate => CategoryTooLarge,
        _ => null,
    };
}
