using System.Text;

namespace MediaMagic.Errors;

/// <summary>Which code an answer gets: by its status, then by its place and words.</summary>
internal static class CodeRules
{
    private const int LongestWord = 64;

    private static readonly (string Word, string Code)[] s_keyWords =
    [
        ("missing", ErrorCode.MissingApiKey),
        ("not provided", ErrorCode.MissingApiKey),
        ("expired", ErrorCode.ApiKeyExpired),
        ("revoked", ErrorCode.ApiKeyRevoked),
        ("invalid", ErrorCode.InvalidApiKey),
        ("not valid", ErrorCode.InvalidApiKey),
        ("malformed", ErrorCode.InvalidApiKey),
    ];

    /// <summary>The code of an answer on the API's connection; without words the status and the place decide.</summary>
    public static string Decide(int status, ErrorContext context, string? detail)
    {
        DetailWords words = new(detail);
        return status switch
        {
            401 => Unauthorized(words),
            403 => Forbidden(context.Endpoint, words),
            404 when (IsResult(context.Endpoint) || IsLoose(context)) && words.SayUnfinished && !words.SayMissingThing
                => ErrorCode.AssetNotFinished,
            409 => Conflict(context.Endpoint, words),
            502 when IsResult(context.Endpoint) || (IsLoose(context) && words.Say("load result")) => ErrorCode.ResultLoadFailed,
            _ => StatusTable.Find(ErrorSystem.MediaMagic, status, null).Code,
        };
    }

    /// <summary>
    /// A service's own word as a code: without spaces and whatever else does not belong in an error id. It is cut when it is clean: half a secret is not known for one.
    /// </summary>
    public static string? Word(string? text, bool clean = false)
    {
        StringBuilder word = new();
        foreach (char c in text ?? string.Empty)
        {
            bool plain = c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '-' or '.';
            if (plain && (!clean || word.Length < LongestWord))
            {
                word.Append(c);
            }
        }

        return word.Length == 0 ? null : word.ToString();
    }

    // "Missing or invalid" decides nothing.
    private static string Unauthorized(DetailWords words)
    {
        string? code = null;
        foreach ((string word, string meaning) in s_keyWords)
        {
            if (words.Say(word) && code != meaning)
            {
                if (code is not null)
                {
                    return ErrorCode.Unauthorized;
                }

                code = meaning;
            }
        }

        return code ?? ErrorCode.Unauthorized;
    }

    private static string Forbidden(ApiEndpoint endpoint, DetailWords words) => endpoint switch
    {
        ApiEndpoint.Sandbox => ErrorCode.SandboxOnly,
        _ when words.SayPath => ErrorCode.InvalidBlobPath,
        _ when words.Say("sandbox") => ErrorCode.SandboxOnly,
        _ => ErrorCode.Forbidden,
    };

    private static string Conflict(ApiEndpoint endpoint, DetailWords words) => endpoint switch
    {
        _ when words.SayInFlight => ErrorCode.RetryInProgress,
        ApiEndpoint.SubmissionCreate => ErrorCode.AssetAlreadySubmitted,
        ApiEndpoint.AssetRetry => ErrorCode.AssetNotRetryable,
        _ when words.SaySubmitted => ErrorCode.AssetAlreadySubmitted,
        _ when words.SayNotRetryable || words.SaySource => ErrorCode.AssetNotRetryable,
        _ => ErrorCode.Conflict,
    };

    private static bool IsResult(ApiEndpoint endpoint) => endpoint is ApiEndpoint.AssetIssues or ApiEndpoint.AssetTopics;

    // An answer from a log, whose request nobody knows: then the words may say which it was.
    private static bool IsLoose(ErrorContext context) =>
        context.Method is null && context.Uri is null && context.Endpoint == ApiEndpoint.Other;
}
