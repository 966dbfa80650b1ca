using System;
using System.Collections.Generic;

namespace MediaMagic;

/// <summary>What went wrong, whoever said so, in one form.</summary>
public sealed class ApiError
{
    /// <summary>Whose error it is: MediaMagic, Reten, Erynoa, AzureBlob, ProblemDetails or Unknown.</summary>
    public string System { get; set; } = ErrorSystem.MediaMagic;

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? StatusCode { get; set; }

    /// <summary>A stable word for the error, such as RateLimited.</summary>
    public string Code { get; set; } = ErrorCode.Unknown;

    /// <summary>One sentence for people.</summary>
    public string Message { get; set; } = string.Empty;

    /// <summary>The service's own words, where it gave any.</summary>
    public string? Detail { get; set; }

    /// <summary>The fields that were found wrong.</summary>
    public FieldError[] Fields { get; set; } = [];

    /// <summary>Where the documentation explains it.</summary>
    public string? DocsUrl { get; set; }

    /// <summary>The id under which support finds the request.</summary>
    public string? RequestId { get; set; }

    /// <summary>The rate or plan bucket concerned.</summary>
    public string? Bucket { get; set; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; set; }

    /// <summary>How long to wait before that.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>What to do or type next.</summary>
    public string? RecommendedAction { get; set; }

    /// <summary>The request's method.</summary>
    public string? Method { get; set; }

    /// <summary>The request's address, without secrets.</summary>
    public string? Uri { get; set; }

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether the request may have been carried out although it ended in this error.</summary>
    public bool OutcomeUnknown { get; set; }

    /// <summary>The body as received, redacted and cut to 64 KiB.</summary>
    public string? RawBody { get; set; }

    /// <summary>Everything that the service sent and this class does not name.</summary>
    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => StatusCode is int status ? $"{status} {Code}: {Detail ?? Message}" : $"{Code}: {Message}";
}
