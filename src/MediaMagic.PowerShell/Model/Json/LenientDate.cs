using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MediaMagic.Json;

/// <summary>Reads a date in any ISO 8601 form (without a zone it is UTC) or as unix seconds; what is no date is nothing.</summary>
internal sealed class LenientDate : JsonConverter<DateTimeOffset?>
{
    private const double LastUnixSecond = 253402300799;

    // The basic forms of ISO 8601, without hyphens and colons.
    private static readonly string[] s_basic =
    [
        "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmss.FFFFFFFK", "yyyyMMdd'T'HHmmsszz", "yyyyMMdd'T'HHmmK", "yyyyMMdd",
    ];

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Parse(reader.GetString());
            case JsonTokenType.Number:
                return reader.TryGetDouble(out double seconds) && seconds is >= 0 and <= LastUnixSecond
                    ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
                    : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is DateTimeOffset date)
        {
            writer.WriteStringValue(date);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
        || DateTimeOffset.TryParseExact(text, s_basic, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date)
            ? date
            : null;
}
