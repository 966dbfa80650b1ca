using System;

namespace MediaMagic.Errors;

/// <summary>What the reader of an error knows besides the answer itself.</summary>
public sealed class ErrorContext
{
    /// <summary>Whose answer it is, when the caller knows; null: recognise it.</summary>
    public string? System { get; init; }

    /// <summary>The place that answered.</summary>
    public ApiEndpoint Endpoint { get; init; }

    /// <summary>The request's method.</summary>
    public string? Method { get; init; }

    /// <summary>The request's address.</summary>
    public string? Uri { get; init; }

    /// <summary>The rate bucket of the request.</summary>
    public string? Bucket { get; init; }

    /// <summary>The time of the answer, against which a dated Retry-After counts.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Gets the call that ended, if the error belongs to one.</summary>
    internal CallOutcome? Call { get; init; }

    /// <summary>What takes secrets out of text.</summary>
    public Redactor Redactor { get; init; } = Redactor.Default;
}
