using System.Text.Json.Serialization;

namespace Loop.Sdk.Server;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HttpProblem))]
internal sealed partial class HttpProblemJson : JsonSerializerContext;
