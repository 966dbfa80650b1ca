using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>What a status means by itself, for codes that nobody documented: 4 and 5 stand for their hundred, 0 for the rest.</summary>
internal static class StatusCatalog
{
    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorText> Texts() =>
    [
        Row(0, "The answer could not be understood.",
            "Check that the address names the service itself and not a proxy or login page."),
        Row(4, "The service rejected the request.", "Read the detail, correct the request and send it again."),
        Row(5, "The service failed.", "Try again with growing pauses; ask its support if it persists."),
        Row(400, "The request is not valid.", "Read the detail, correct the request and send it again."),
        Row(401, "The key was not accepted.", "Check that the key is present, current and of this system."),
        Row(402, "The plan does not include this.", "Ask the account's owner to change the plan."),
        Row(403, "The key may not do this.", "Use a key with the permission for it."),
        Row(404, "There is no such resource.", "Check the id and the address."),
        Row(408, "The request took too long.", "Send it again."),
        Row(409, "The request conflicts with the resource's state.",
            "Look at the resource's state before trying again."),
        Row(413, "The request is too large.", "Send less at once."),
        Row(415, "The content type is not accepted.", "Send a content type that the service accepts."),
        Row(422, "One or more fields were found wrong.", "Read the fields, correct them and send again."),
        Row(429, "There were too many requests.", "Wait as long as RetryAfter says, and ask less often."),
    ];

    private static ErrorText Row(int status, string meaning, string action) => new(ErrorSystem.Unknown, status, ErrorCode.Unknown, meaning, action);
}
