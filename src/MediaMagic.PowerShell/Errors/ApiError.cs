using System;
using System.Collections.Generic;
using MediaMagic.Errors;

namespace MediaMagic;

/// <summary>An error of any system, in one form. It is complete when it is created and never changes.</summary>
public sealed class ApiError
{
    internal ApiError(ErrorFacts facts)
    {
        System = facts.System;
        StatusCode = facts.StatusCode;
        Code = facts.Code;
        Message = facts.Message;
        Detail = facts.Detail;
        Fields = facts.Fields;
        DocsUrl = facts.DocsUrl;
        RequestId = facts.RequestId;
        Bucket = facts.Bucket;
        Retryable = facts.Retryable;
        RetryAfter = facts.RetryAfter;
        RecommendedAction = facts.RecommendedAction;
        Method = facts.Method;
        Uri = facts.Uri;
        Attempts = facts.Attempts;
        Delivery = facts.Delivery;
        Concern = facts.Concern;
        RawBody = facts.RawBody;
        AdditionalProperties = facts.AdditionalProperties;
    }

    /// <summary>Gets the system that reported the error: MediaMagic, Reten, Erynoa, AzureBlob, ProblemDetails or Unknown.</summary>
    public string System { get; }

    /// <summary>Gets the HTTP status, if there was an answer.</summary>
    public int? StatusCode { get; }

    /// <summary>Gets the stable code of the error, such as RateLimited.</summary>
    public string Code { get; }

    /// <summary>Gets a sentence that describes the error.</summary>
    public string Message { get; }

    /// <summary>Gets the text that the service sent.</summary>
    public string? Detail { get; }

    /// <summary>Gets the fields that the service rejected.</summary>
    public FieldError[] Fields { get; }

    /// <summary>Gets the address of the documentation page about the error.</summary>
    public string? DocsUrl { get; }

    /// <summary>Gets the id that support needs to find the request.</summary>
    public string? RequestId { get; }

    /// <summary>Gets the rate-limit bucket or plan capability.</summary>
    public string? Bucket { get; }

    /// <summary>Gets a value indicating whether the same request may succeed later.</summary>
    public bool Retryable { get; }

    /// <summary>Gets the time to wait before a retry.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets what to do or type next.</summary>
    public string? RecommendedAction { get; }

    /// <summary>Gets the method of the request.</summary>
    public string? Method { get; }

    /// <summary>Gets the address of the request, without secrets.</summary>
    public string? Uri { get; }

    /// <summary>Gets how many times the request was sent.</summary>
    public int Attempts { get; }

    /// <summary>Gets what became of the request, over all its attempts.</summary>
    public Delivery Delivery { get; }

    /// <summary>Gets a value indicating whether the request may have worked although it ended in this error.</summary>
    public bool OutcomeUnknown => Delivery == Delivery.Unknown;

    /// <summary>Gets the body as received, without secrets and limited to 64 KiB.</summary>
    public string? RawBody { get; }

    /// <summary>Gets everything else that the service sent.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; }

    /// <summary>Gets what the error is about.</summary>
    internal Concern Concern { get; }

    /// <inheritdoc/>
    public override string ToString() => TextOf(StatusCode, Code, StatusCode is null ? Message : Detail ?? Message);

    /// <summary>Says an error in one line.</summary>
    internal static string TextOf(int? status, string code, string? message) =>
        status is int number ? FormattableString.Invariant($"{number} {code}: {message}") : $"{code}: {message}";
}
