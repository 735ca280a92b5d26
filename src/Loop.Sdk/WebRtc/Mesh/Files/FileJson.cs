using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc;

/// <summary>How what is said of files is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 4)]
[JsonSerializable(typeof(FileSignal))]
internal sealed partial class FileJson : JsonSerializerContext;
