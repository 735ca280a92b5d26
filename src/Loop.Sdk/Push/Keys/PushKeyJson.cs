using System.Text.Json.Serialization;

namespace Loop.Sdk.Push;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PushKeyDocument))]
internal sealed partial class PushKeyJson : JsonSerializerContext;
