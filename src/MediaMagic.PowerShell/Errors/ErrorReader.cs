using System;
using System.Collections.Generic;
using System.Linq;

namespace MediaMagic.Errors;

/// <summary>Makes one error of an answer, whichever system gave it and whatever state it is in. Never throws.</summary>
public static class ErrorReader
{
    private const int LongestText = 4000;
    private const int LongestQuote = 200;

    private static readonly string[] s_systems =
    [
        ErrorSystem.MediaMagic, ErrorSystem.Reten, ErrorSystem.Erynoa, ErrorSystem.AzureBlob, ErrorSystem.ProblemDetails, ErrorSystem.Unknown,
    ];

    /// <summary>Reads a body of bytes.</summary>
    public static ApiError Read(
        int status, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body, ErrorContext context)
    {
        ErrorHeaders known = new(headers);
        return Read(status, known, BodyText.Decode(body, known.ContentType, out bool cut), cut, context);
    }

    /// <summary>Reads a body of text.</summary>
    public static ApiError Read(
        int status, IEnumerable<KeyValuePair<string, string>> headers, string? body, ErrorContext context) =>
        Read(status, new ErrorHeaders(headers), BodyText.Limit(body, out bool cut), cut, context);

    /// <summary>
    /// Whether a 404 leaves open if the asset is unknown or only unfinished. It makes sense for issues and topics alone, where the
    /// submission's status can tell.
    /// </summary>
    public static bool IsUndecidedNotFound(ApiError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.StatusCode != 404 || error.Code != ErrorCode.NotFound)
        {
            return false;
        }

        // A gateway's words are not the API's.
        DetailWords words = new(error.System == ErrorSystem.Unknown ? null : error.Detail);
        return words.SayUnfinished == words.SayMissingThing;
    }

    /// <summary>Returns the error of a 404 that turned out to be about an asset that has not finished.</summary>
    internal static ApiError AsNotFinished(ApiError error) => new(new ErrorFacts
    {
        System = error.System,
        StatusCode = error.StatusCode,
        Code = ErrorCode.AssetNotFinished,
        Message = error.Message,
        Detail = error.Detail,
        Fields = error.Fields,
        DocsUrl = error.DocsUrl,
        RequestId = error.RequestId,
        Bucket = error.Bucket,
        RetryAfter = error.RetryAfter,
        RecommendedAction = ErrorCatalog.TextOf(ErrorSystem.MediaMagic, 404, ErrorCode.AssetNotFinished).Action,
        Method = error.Method,
        Uri = error.Uri,
        Attempts = error.Attempts,
        Delivery = error.Delivery,
        Concern = error.Concern,
        RawBody = error.RawBody,
        AdditionalProperties = error.AdditionalProperties.ToDictionary(static pair => pair.Key, static pair => pair.Value),
    });

    private static ApiError Read(int status, ErrorHeaders headers, string text, bool cut, ErrorContext? context)
    {
        context ??= new ErrorContext();
        ErrorAnswer answer = new(status, headers, text, cut, context);
        string? told = Array.Find(s_systems, name => string.Equals(name, context.System, StringComparison.OrdinalIgnoreCase));
        string system = told ?? Recognise(answer);

        // To read the members takes them out of the answer.
        bool isForeign = system == ErrorSystem.MediaMagic && !MediaMagicErrors.IsShapeOfStatus(answer);
        ErrorFacts facts = system switch
        {
            ErrorSystem.Reten => RetenErrors.Read(answer),
            ErrorSystem.Erynoa => ErynoaErrors.Read(answer),
            ErrorSystem.AzureBlob => AzureBlobErrors.Read(answer),
            ErrorSystem.ProblemDetails => ProblemDetailsErrors.Read(answer),
            ErrorSystem.MediaMagic => MediaMagicErrors.Read(answer),
            _ => GatewayErrors.Read(answer),
        };
        Complete(facts, answer, cut, isForeign);
        return new ApiError(facts);
    }

    private static string Recognise(ErrorAnswer answer) => answer switch
    {
        _ when AzureBlobErrors.Matches(answer) => ErrorSystem.AzureBlob,
        _ when ProblemDetailsErrors.Matches(answer) => ErrorSystem.ProblemDetails,
        _ when RetenErrors.Matches(answer) => ErrorSystem.Reten,
        _ when MediaMagicErrors.Matches(answer) => ErrorSystem.MediaMagic,
        _ when ErynoaErrors.Matches(answer) => ErrorSystem.Erynoa,
        { Context.Endpoint: ApiEndpoint.Storage } => ErrorSystem.AzureBlob,
        _ => ErrorSystem.Unknown,
    };

    // Every text that came from outside is redacted here, once, before it becomes part of the error.
    private static void Complete(ErrorFacts facts, ErrorAnswer answer, bool cut, bool isForeign)
    {
        ErrorContext context = answer.Context;
        ErrorScrubber scrubber = new(context.Redactor);
        facts.StatusCode = answer.Status;
        if (answer.Status < 400)
        {
            // No system documents such a status as an error.
            facts.Code = ErrorCode.InvalidResponse;
        }

        facts.Code = CodeRules.Word(scrubber.Line(facts.Code, LongestText), clean: true) ?? ErrorCode.Unknown;
        facts.Detail = scrubber.Line(facts.Detail ?? Quote(answer), facts.Detail is null ? LongestQuote : LongestText);
        facts.Message = scrubber.Line(facts.Message, LongestText) ?? string.Empty;
        facts.RequestId = scrubber.Line(facts.RequestId ?? answer.Headers.RequestId, LongestQuote);
        facts.DocsUrl = scrubber.Link(facts.DocsUrl);
        facts.Bucket = scrubber.Line(facts.Bucket ?? context.Bucket, LongestQuote);
        facts.Method = scrubber.Line(context.Method, LongestQuote);
        facts.Uri = scrubber.Line(context.Uri, LongestText);
        facts.Attempts = context.Call?.Attempts ?? 0;
        facts.RetryAfter = answer.Headers.RetryAfter(context.Now)
            ?? (facts.System == ErrorSystem.Erynoa && answer.Status == 429 ? answer.Headers.UntilReset(context.Now) : null);
        facts.RawBody = scrubber.Body(answer.Text, cut);
        facts.AdditionalProperties = scrubber.Members(facts.AdditionalProperties);
        facts.Fields = [.. facts.Fields.Select(field => new FieldError(
            scrubber.Line(field.Field, LongestText), scrubber.Line(field.Message, LongestText), scrubber.Line(field.Code, LongestText)))];

        StatusRule rule = StatusTable.Find(facts.System, facts.StatusCode, facts.Code, context.Endpoint);
        facts.Retryable = rule.IsRetryable;
        facts.Concern = isForeign ? Concern.Service : StatusTable.ConcernOf(facts.System, rule);
        facts.Delivery = (context.Call?.Delivery ?? Delivery.NotSent).Then(Deliveries.Of(answer.Status, context.Method));
        ErrorText text = ErrorCatalog.TextOf(facts.System, facts.StatusCode, facts.Code);
        facts.RecommendedAction = DetailAdvice.Of(facts, context.Endpoint) ?? text.Action;
        facts.Message = facts.Message.Length > 0 ? facts.Message : ErrorCatalog.Sentence(text.Meaning);
        OutcomeRules.Settle(facts, context);
    }

    private static string? Quote(ErrorAnswer answer)
    {
        string? text = answer.JsonText ?? (MarkupText.Matches(answer.Text) ? MarkupText.Read(answer.Text) : answer.Text);
        return answer.IsEmpty ? null : text;
    }
}
