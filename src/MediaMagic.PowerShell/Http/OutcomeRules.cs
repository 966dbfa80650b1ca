using MediaMagic.Errors;

namespace MediaMagic.Http;

/// <summary>Says truthfully of a write that ended in an error whether it may have been carried out.</summary>
internal static class OutcomeRules
{
    private const string LookForVersion = "It was sent once and is not repeated: the service may have made the version, and would make another one. "
        + "Look for it first: Get-MMSubmissionVersion <previous submission id>.";

    /// <summary>The error, corrected by what earlier attempts of the call may have done.</summary>
    public static ApiError Settle(ApiError error, CallState call)
    {
        ApiRequest request = call.Request;
        if (request.Safety is RequestSafety.Read or RequestSafety.Idempotent || !request.MayHaveHappened)
        {
            return error;
        }

        // What the service refuses for the request's own sake it would have refused the first time, too.
        bool refused = error.StatusCode is 400 or 403 or 404 or 413 or 415 or 422;
        error.OutcomeUnknown = !refused;
        if (request.Endpoint == ApiEndpoint.SubmissionCreate
            && (error.Code == ErrorCode.AssetAlreadySubmitted || error.Code == ErrorCode.InvalidResponse || (call.LostAnswers > 0 && !refused)))
        {
            CallErrors.MakeOutcomeUnknown(error, call);
        }
        else if (request.Safety == RequestSafety.CreateVersion && error.OutcomeUnknown)
        {
            error.Retryable = false;
            error.RecommendedAction = LookForVersion;
        }

        return error;
    }
}
