using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MediaMagic.Errors;

namespace MediaMagic.Parameters;

/// <summary>
/// Restores an error from its copy. A file can come from anywhere, so only texts and numbers are read, and only up to a total length.
/// </summary>
internal sealed class ErrorCopy
{
    // The texts of an error come from one body, some of them more than once. References can make a short file a huge tree.
    private const int MaxTextLength = 16 * BodyText.Longest;
    private const int ValueLength = 16;
    private const int MaxDepth = 64;

    private static readonly ErrorScrubber s_scrubber = new(null);

    private int _left = MaxTextLength;

    private ErrorCopy()
    {
    }

    /// <summary>Returns the error that this is a copy of.</summary>
    public static ApiError Restore(PSObject copy) => new ErrorCopy().Read(copy);

    /// <summary>Returns the value of a copy's property; null if it has none of that name.</summary>
    public static object? Member(object? copy, string name) => (copy as PSObject)?.Properties[name]?.Value;

    /// <summary>Returns the text of a copy's property on one line and without secrets.</summary>
    public static string? Line(object? copy, string name) => new ErrorCopy().Text(copy, name);

    private ApiError Read(PSObject copy) => new(new ErrorFacts
    {
        System = Text(copy, nameof(ApiError.System)) ?? ErrorSystem.Unknown,
        StatusCode = Value<int?>(copy, nameof(ApiError.StatusCode)),
        Code = Text(copy, nameof(ApiError.Code)) ?? ErrorCode.Unknown,
        Message = Text(copy, nameof(ApiError.Message)) ?? string.Empty,
        Detail = Text(copy, nameof(ApiError.Detail)),
        Fields = Bare(Member(copy, nameof(ApiError.Fields))) is IList fields
            ? [.. fields.Cast<object?>().TakeWhile(_ => Spend(ValueLength)).Select(Field)]
            : [],
        DocsUrl = s_scrubber.Link(Text(copy, nameof(ApiError.DocsUrl))),
        RequestId = Text(copy, nameof(ApiError.RequestId)),
        Bucket = Text(copy, nameof(ApiError.Bucket)),
        Retryable = Value<bool>(copy, nameof(ApiError.Retryable)),
        RetryAfter = Value<TimeSpan?>(copy, nameof(ApiError.RetryAfter)),
        RecommendedAction = Text(copy, nameof(ApiError.RecommendedAction)),
        Method = Text(copy, nameof(ApiError.Method)),
        Uri = Text(copy, nameof(ApiError.Uri)),
        Attempts = Value<int>(copy, nameof(ApiError.Attempts)),
        Delivery = Enum.TryParse(Text(copy, nameof(ApiError.Delivery)), out Delivery delivery)
            && delivery is >= Delivery.NotSent and <= Delivery.Accepted
            ? delivery
            : Delivery.Unknown,
        RawBody = Scalar(Member(copy, nameof(ApiError.RawBody))) is string body ? s_scrubber.Body(BodyText.Limit(body, out bool cut), cut) : null,
        AdditionalProperties = Plain(Member(copy, nameof(ApiError.AdditionalProperties)), 0) is Dictionary<string, object?> more
            ? s_scrubber.Members(more)
            : [],
    });

    private FieldError Field(object? copy) =>
        new(Text(copy, nameof(FieldError.Field)), Text(copy, nameof(FieldError.Message)), Text(copy, nameof(FieldError.Code)));

    private string? Text(object? copy, string name) => s_scrubber.Line(Scalar(Member(copy, name)), BodyText.Longest);

    private static T? Value<T>(object? copy, string name) => Bare(Member(copy, name)) is T value ? value : default;

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // The text of anything else could be that of many values.
    private string? Scalar(object? value)
    {
        string? text = Bare(value) is string or ValueType ? value!.ToString() : null;
        return text is not null && Spend(text.Length) ? text : null;
    }

    private bool Spend(int length)
    {
        _left = Math.Max(_left - length, -1);
        return _left >= 0;
    }

    // The types that the readers of answers use for JSON.
    private object? Plain(object? copy, int depth)
    {
        if (!Spend(ValueLength) || depth > MaxDepth)
        {
            return null;
        }

        switch (Bare(copy))
        {
            case IDictionary members:
                Dictionary<string, object?> named = new(StringComparer.Ordinal);
                foreach (DictionaryEntry member in members)
                {
                    if (Scalar(member.Key) is string name)
                    {
                        named[name] = Plain(member.Value, depth + 1);
                    }
                }

                return named;

            case IList items:
                return items.Cast<object?>().TakeWhile(_ => _left > 0).Select(item => Plain(item, depth + 1)).ToArray();

            case bool or int or long or double or decimal:
                return Bare(copy);

            default:
                return Scalar(copy);
        }
    }
}
