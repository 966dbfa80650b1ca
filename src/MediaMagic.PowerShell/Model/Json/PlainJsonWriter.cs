using System;
using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace MediaMagic.Json;

/// <summary>Writes free-form values, such as a submission's metadata, as JSON.</summary>
internal static class PlainJsonWriter
{
    private const int DeepestNesting = 60;

    public static void Write(Utf8JsonWriter writer, object? value, int depth = 0)
    {
        if (depth > DeepestNesting)
        {
            throw new ArgumentException($"The value is nested deeper than {DeepestNesting} levels, or contains itself.");
        }

        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string or char or Guid or Uri or Enum:
                writer.WriteStringValue(value is Uri uri ? uri.OriginalString : value.ToString());
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case DateTime date:
                writer.WriteStringValue(date);
                break;
            case DateTimeOffset date:
                writer.WriteStringValue(date);
                break;
            case TimeSpan span:
                writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case double number:
                WriteFinite(writer, number);
                break;
            case float number:
                WriteFinite(writer, double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                break;
            case decimal or ulong:
                writer.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case IDictionary map:
                WriteMap(writer, map, depth);
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list)
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A value of type {value.GetType().FullName} cannot be sent; use text, numbers, true or false, dates, lists and hashtables.");
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, IDictionary map, int depth)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty);
            Write(writer, entry.Value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteFinite(Utf8JsonWriter writer, double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            throw new ArgumentException($"The number {number.ToString(CultureInfo.InvariantCulture)} cannot be sent.");
        }

        writer.WriteNumberValue(number);
    }
}
