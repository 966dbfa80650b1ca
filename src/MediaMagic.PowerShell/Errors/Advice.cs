using System;

namespace MediaMagic.Errors;

/// <summary>What to do about an error, with what only this one error knows: how long to wait, or what was asked for.</summary>
internal static class Advice
{
    private const string ApiPrefix = "/api/integrations";

    /// <summary>The recommendation for the error.</summary>
    public static string? Of(ApiError error) => error switch
    {
        { Code: ErrorCode.RateLimited, RetryAfter: TimeSpan wait } when wait > TimeSpan.Zero => $"The wait is {LocalErrors.Text(wait)}. {error.RecommendedAction}",
        { StatusCode: 404, Code: ErrorCode.NotFound, Uri: string address } when Place(address) is string place => $"Nothing was found at {error.Method} {place}. {error.RecommendedAction}",
        _ => error.RecommendedAction,
    };

    private static string? Place(string address)
    {
        if (UriText.Parse(address) is not Uri uri)
        {
            return null;
        }

        int prefix = uri.AbsolutePath.IndexOf(ApiPrefix, StringComparison.Ordinal);
        return prefix < 0 ? uri.AbsolutePath : uri.AbsolutePath.Substring(prefix + ApiPrefix.Length);
    }
}
