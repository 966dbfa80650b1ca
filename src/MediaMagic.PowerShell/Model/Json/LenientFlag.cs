using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MediaMagic.Json;

/// <summary>Reads a yes or no that may come as text or as 0 and 1; what is neither is nothing.</summary>
internal sealed class LenientFlag : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetDouble(out double number) ? number != 0 : null;
            case JsonTokenType.String:
                string? text = reader.GetString();
                return bool.TryParse(text, out bool flag) ? flag : text switch { "1" => true, "0" => false, _ => null };
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is bool flag)
        {
            writer.WriteBooleanValue(flag);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
