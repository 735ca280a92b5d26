using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc;

/// <summary>How sealed signals are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(PairSignal))]
internal sealed partial class SignalJson : JsonSerializerContext;
