using System.Text.Json;
using System.Text.Json.Serialization;
using MediaMagic.Client;

namespace MediaMagic.Json;

/// <summary>The generated serializers of everything that is sent or received.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = 128,
    PropertyNameCaseInsensitive = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    Converters = [typeof(LenientText), typeof(LenientNumber), typeof(LenientFlag), typeof(LenientDate), typeof(PlainValue)])]
[JsonSerializable(typeof(PresignedUpload))]
[JsonSerializable(typeof(DirectUpload))]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(SubmissionVersion))]
[JsonSerializable(typeof(Asset))]
[JsonSerializable(typeof(Issue))]
[JsonSerializable(typeof(TopicReport))]
[JsonSerializable(typeof(WebhookSubscription))]
[JsonSerializable(typeof(WebhookDelivery))]
[JsonSerializable(typeof(SandboxEventResult))]
[JsonSerializable(typeof(UploadUrlBody))]
[JsonSerializable(typeof(SubmissionBody))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookPatchBody))]
[JsonSerializable(typeof(SandboxEventBody))]
internal sealed partial class ModelJson : JsonSerializerContext;
