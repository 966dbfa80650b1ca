using System;
using System.Collections.Generic;

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

    private static ApiError Read(int status, ErrorHeaders headers, string text, bool cut, ErrorContext? context)
    {
        context ??= new ErrorContext();
        ErrorAnswer answer = new(status, headers, text, cut, context);
        string? told = Array.Find(s_systems, name => string.Equals(name, context.System, StringComparison.OrdinalIgnoreCase));
        ApiError error = (told ?? Recognise(answer)) switch
        {
            ErrorSystem.Reten => RetenErrors.Read(answer),
            ErrorSystem.Erynoa => ErynoaErrors.Read(answer),
            ErrorSystem.AzureBlob => AzureBlobErrors.Read(answer),
            ErrorSystem.ProblemDetails => ProblemDetailsErrors.Read(answer),
            ErrorSystem.MediaMagic => MediaMagicErrors.Read(answer),
            _ => GatewayErrors.Read(answer),
        };
        Complete(error, answer, cut);
        return error;
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

    // Everything that came from outside passes through here, once, on its way into the error.
    private static void Complete(ApiError error, ErrorAnswer answer, bool cut)
    {
        ErrorContext context = answer.Context;
        ErrorScrubber scrubber = new(context.Redactor);
        error.StatusCode = answer.Status;
        if (answer.Status < 400)
        {
            // Whoever speaks, this is no error that anybody documented.
            error.Code = ErrorCode.InvalidResponse;
        }

        error.Code = CodeRules.Word(scrubber.Line(error.Code, LongestText)) ?? ErrorCode.Unknown;
        error.Detail = scrubber.Line(error.Detail ?? Quote(answer), error.Detail is null ? LongestQuote : LongestText);
        error.Message = scrubber.Line(error.Message, LongestText) ?? string.Empty;
        error.RequestId = scrubber.Line(error.RequestId ?? answer.Headers.RequestId, LongestQuote);
        error.DocsUrl = scrubber.Link(error.DocsUrl);
        error.Bucket = scrubber.Line(error.Bucket ?? context.Bucket, LongestQuote);
        error.Method = scrubber.Line(context.Method, LongestQuote);
        error.Uri = scrubber.Line(context.Uri, LongestText);
        error.RetryAfter = answer.Headers.RetryAfter(context.Now);
        error.RawBody = scrubber.Body(answer.Text, cut);
        error.AdditionalProperties = scrubber.Members(error.AdditionalProperties);
        foreach (FieldError field in error.Fields)
        {
            field.Field = scrubber.Line(field.Field, LongestText);
            field.Message = scrubber.Line(field.Message, LongestText);
            field.Code = scrubber.Line(field.Code, LongestText);
        }

        ErrorCatalogEntry entry = ErrorCatalog.Best(error.System, error.StatusCode, error.Code);
        error.RecommendedAction = entry.RecommendedAction;
        error.Message = error.Message.Length > 0 ? error.Message : ErrorCatalog.Sentence(entry.Meaning);
    }

    private static string? Quote(ErrorAnswer answer)
    {
        string? text = answer.JsonText ?? (MarkupText.Matches(answer.Text) ? MarkupText.Read(answer.Text) : answer.Text);
        return answer.IsEmpty ? null : text;
    }
}
