using System;
using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>The parts of an error while a reader collects them. <see cref="ApiError"/> never changes after it is created from them.</summary>
internal sealed class ErrorFacts
{
    public string System { get; set; } = ErrorSystem.MediaMagic;

    public int? StatusCode { get; set; }

    public string Code { get; set; } = ErrorCode.Unknown;

    public string Message { get; set; } = string.Empty;

    public string? Detail { get; set; }

    public FieldError[] Fields { get; set; } = [];

    public string? DocsUrl { get; set; }

    public string? RequestId { get; set; }

    public string? Bucket { get; set; }

    public bool Retryable { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    public string? RecommendedAction { get; set; }

    public string? Method { get; set; }

    public string? Uri { get; set; }

    public int Attempts { get; set; }

    public Delivery Delivery { get; set; }

    public Concern Concern { get; set; }

    public string? RawBody { get; set; }

    public Dictionary<string, object?> AdditionalProperties { get; set; } = [];
}
