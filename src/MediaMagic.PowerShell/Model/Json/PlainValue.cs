using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MediaMagic.Json;

/// <summary>Reads unknown fields into plain values that PowerShell can walk, and writes free-form values.</summary>
internal sealed class PlainValue : JsonConverter<object>
{
    public override bool HandleNull => true;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument value = JsonDocument.ParseValue(ref reader);
        return PlainJson.ToPlain(value.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) =>
        PlainJsonWriter.Write(writer, value);
}
