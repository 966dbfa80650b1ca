using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MediaMagic.Json;

/// <summary>Reads a whole number that may come as text or with decimals; what is no number is nothing.</summary>
internal sealed class LenientNumber : JsonConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt32(out int whole) ? whole : Rounded(reader.TryGetDouble(out double number) ? number : double.NaN);
            case JsonTokenType.String:
                string? text = reader.GetString();
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? Rounded(number) : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is int number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static int? Rounded(double number) =>
        number is >= int.MinValue and <= int.MaxValue ? (int)Math.Round(number) : null;
}
