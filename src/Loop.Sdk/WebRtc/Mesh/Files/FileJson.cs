using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 4)]
[JsonSerializable(typeof(FileSignal))]
internal sealed partial class FileJson : JsonSerializerContext;
