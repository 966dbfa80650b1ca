using System;
using System.Security;
using System.Threading;

namespace MediaMagic.Simulator;

/// <summary>The answers of blob storage: XML errors, and headers that identify the request.</summary>
internal static class StorageReply
{
    private static long s_requests;

    public static Reply Created() => Identified(new Reply(201));

    public static Reply Error(int status, string code, string message)
    {
        string id = NewId();
        string body = $"""
            {'\uFEFF'}<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}
            RequestId:{id}
            Time:{DateTime.UtcNow:O}</Message></Error>
            """;
        return Reply.Text(status, body, "application/xml").With("x-ms-error-code", code).With("x-ms-request-id", id).With("x-ms-version", UploadUrls.Version);
    }

    public static Reply Of(int status) => status switch
    {
        < 400 => Identified(new Reply(status)),
        400 => Error(400, "InvalidInput", "One of the request inputs is not valid."),
        403 => AuthenticationFailed("Signature did not match."),
        404 => Error(404, "ContainerNotFound", "The specified container does not exist."),
        408 => Error(408, "RequestTimeout", "The request timed out."),
        409 => Error(409, "BlobImmutableDueToPolicy", "The blob cannot be changed."),
        429 => Error(429, "TooManyRequests", "Too many requests."),
        500 => Error(500, "InternalError", "Server encountered an internal error. Please try again after some time."),
        503 => Error(503, "ServerBusy", "The server is busy."),
        504 => Error(504, "OperationTimedOut", "Operation could not be completed within the specified time."),
        _ => Error(status, "UnspecifiedError", "The request failed."),
    };

    public static Reply AuthenticationFailed(string detail) => Error(
        403,
        "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature. " + detail);

    public static Reply NotPermitted() =>
        Error(403, "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission.");

    private static Reply Identified(Reply reply) =>
        reply.With("x-ms-request-id", NewId()).With("x-ms-version", UploadUrls.Version).With("x-ms-request-server-encrypted", "true");

    private static string NewId() => $"5a170001-001e-0000-0000-{Interlocked.Increment(ref s_requests):x12}";
}
