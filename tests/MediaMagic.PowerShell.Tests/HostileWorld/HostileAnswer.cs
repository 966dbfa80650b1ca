using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;

namespace MediaMagic.Tests.HostileWorld;

/// <summary>An answer of the service or of a gateway.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="MediaType">The type of the body.</param>
internal sealed record HostileAnswer(int Status, string Body, string MediaType = "application/json")
{
    private const string RetryAfter = "1";

    private static readonly HostileAnswer s_failure = Problem(500, "Internal server error");
    private static readonly HostileAnswer s_badGateway = Page(502, "Bad Gateway");
    private static readonly HostileAnswer s_throttled = new(429, """{"error":"Rate limit exceeded: too many submission writes"}""");
    private static readonly HostileAnswer s_badRequest = Problem(400, "Bad request");
    private static readonly HostileAnswer s_expiredKey = Problem(401, "This API key has expired");
    private static readonly HostileAnswer s_notFound = Problem(404, "Submission not found");
    private static readonly HostileAnswer s_conflict = Page(409, "Conflict");
    private static readonly HostileAnswer s_tooLarge = Problem(413, "File exceeds the limit of its bucket");
    private static readonly HostileAnswer s_wrongType = Problem(415, "Unsupported content type");
    private static readonly HostileAnswer s_invalid = new(422, """{"detail":"Validation failed","fields":[{"field":"sidekickIds","message":"unknown"}]}""");

    /// <summary>Gets what lets a process go on, and is no answer.</summary>
    public static HostileAnswer GoOn { get; } = new(0, "go on");

    /// <summary>Gets what comes of a connection that is refused.</summary>
    public static HostileAnswer NotSent { get; } = new(0, "Connection refused.");

    /// <summary>Gets what comes of a connection that is closed before an answer arrives.</summary>
    public static HostileAnswer Lost { get; } = new(0, "The connection was closed.");

    /// <summary>Gets a value indicating whether the service says that it did nothing now.</summary>
    public bool IsRefusal => Status is >= 400 and < 500 and not 429 && this != Submitted;

    /// <summary>Gets what a client learns from the answer. The ids of a success say nothing more.</summary>
    public string Seen => Status is >= 200 and < 300 ? "success" : $"{Status} {Body}";

    /// <summary>Returns the answer of a fate that does no work.</summary>
    public static HostileAnswer Of(Fate fate) => fate switch
    {
        Fate.Works500 or Fate.Fails500 => s_failure,
        Fate.Works502 or Fate.Fails502 => s_badGateway,
        Fate.Refused429 => s_throttled,
        Fate.Refused400 => s_badRequest,
        Fate.Refused401 => s_expiredKey,
        Fate.Refused404 => s_notFound,
        Fate.Refused409 => s_conflict,
        Fate.Refused413 => s_tooLarge,
        Fate.Refused415 => s_wrongType,
        Fate.Refused422 => s_invalid,
        _ => WrongPath,
    };

    /// <summary>Gets the answer to a blob path without a blob.</summary>
    public static HostileAnswer WrongPath { get; } = Problem(403, "Invalid blob path");

    /// <summary>Gets the answer to a blob path that was submitted before.</summary>
    public static HostileAnswer Submitted { get; } = Problem(409, "Asset already submitted");

    /// <summary>Gets the answer of storage to a whole blob.</summary>
    public static HostileAnswer Put { get; } = new(201, string.Empty);

    /// <summary>Gets the answer to something that is not there.</summary>
    public static HostileAnswer NotFound { get; } = Problem(404, "Not found");

    /// <summary>Gets the answer to a key that is none.</summary>
    public static HostileAnswer WrongKey { get; } = Problem(401, "Invalid API key");

    /// <summary>Returns the answer to a direct upload.</summary>
    public static HostileAnswer Stored(string blobPath) => new(201, $$"""{"blobPath":{{Quoted(blobPath)}}}""");

    /// <summary>Returns the answer that holds an upload address.</summary>
    public static HostileAnswer Address(string address, string blobPath) =>
        new(200, $$"""{"uploadUrl":{{Quoted(address)}},"blobPath":{{Quoted(blobPath)}},"expiresAt":"2100-01-01T00:00:00Z"}""");

    /// <summary>Returns the answer to a create that worked.</summary>
    public static HostileAnswer Created(string id) => new(
        201,
        $$"""
        {"submissionId":"{{id}}","workflowId":"w","ablyChannel":"submission:{{id}}","status":"submitted",
        "assets":[{"assetId":"{{id}}","versionGroupId":"{{id}}","versionNumber":1}]}
        """);

    /// <summary>Returns the status of a submission that has ended.</summary>
    public static HostileAnswer Complete(string id) =>
        new(200, $$"""{"submissionId":"{{id}}","workspaceId":"{{ServiceState.Workspace}}","status":"complete","progressPercent":100,"assets":[]}""");

    /// <summary>Fails as a connection does when no answer arrives.</summary>
    public void ThrowWhenNone()
    {
        if (this == NotSent || this == Lost)
        {
            throw new HttpRequestException(Body, this == Lost ? new IOException("Connection reset by peer.") : null);
        }
    }

    /// <summary>Returns the answer as a message.</summary>
    public HttpResponseMessage ToMessage()
    {
        HttpResponseMessage message = new((HttpStatusCode)Status) { Content = new StringContent(Body, Encoding.UTF8, MediaType) };
        if (Status == 429)
        {
            message.Headers.TryAddWithoutValidation("Retry-After", RetryAfter);
        }

        return message;
    }

    private static HostileAnswer Problem(int status, string detail) => new(status, $$"""{"detail":{{Quoted(detail)}}}""");

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static HostileAnswer Page(int status, string title) =>
        new(status, $"<html><head><title>{status} {title}</title></head><body><h1>{title}</h1></body></html>", "text/html");
}
