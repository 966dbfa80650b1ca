using System.Text.Json.Serialization;

namespace MediaMagic.Transfer;

/// <summary>The generated serializer of journals.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
