using System.Text.Json.Serialization;

namespace Loop.Sdk.Handshake;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Welcome))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(AuthResult))]
[JsonSerializable(typeof(GoAway))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ControlJson : JsonSerializerContext;
