using System;
using System.Security;
using System.Threading;

namespace MediaMagic.Simulator;

/// <summary>The answers of blob storage: XML errors, and headers that identify the request.</summary>
internal static class StorageReply
{
    private static long s_requests;

    public static Reply Created() => Identified(new Reply(201));

    public static Reply Error(string code)
    {
        (int status, string message) = StorageErrors.Of(code);
        return Error(status, code, message);
    }

    /// <summary>The error that storage would answer with a status.</summary>
    public static Reply Of(int status) => status switch
    {
        < 400 => Identified(new Reply(status)),
        400 => Error("InvalidInput"),
        403 => AuthenticationFailed("Signature did not match."),
        404 => Error("ContainerNotFound"),
        408 => Error("RequestTimeout"),
        409 => Error("BlobImmutableDueToPolicy"),
        429 => Error("TooManyRequests"),
        500 => Error("InternalError"),
        503 => Error("ServerBusy"),
        504 => Error("OperationTimedOut"),
        _ => Error(status, "UnspecifiedError", "The request failed."),
    };

    public static Reply AuthenticationFailed(string reason) => Error(
        403,
        "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly. " + reason);

    private static Reply Error(int status, string code, string message)
    {
        string id = NewId();
        string body = $"""
            {'\uFEFF'}<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}
            RequestId:{id}
            Time:{DateTime.UtcNow:O}</Message></Error>
            """;
        return Reply.Text(status, body, "application/xml")
            .With("x-ms-error-code", code)
            .With("x-ms-request-id", id)
            .With("x-ms-version", UploadUrls.Version);
    }

    private static Reply Identified(Reply reply) =>
        reply.With("x-ms-request-id", NewId()).With("x-ms-version", UploadUrls.Version).With("x-ms-request-server-encrypted", "true");

    private static string NewId() => $"5a170001-001e-0000-0000-{Interlocked.Increment(ref s_requests):x12}";
}
