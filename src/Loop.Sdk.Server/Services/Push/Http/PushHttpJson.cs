using System.Text.Json.Serialization;

namespace Loop.Sdk.Server.Push;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PushProblemBody))]
[JsonSerializable(typeof(PushReceiptsView))]
[JsonSerializable(typeof(PushReceiptView))]
[JsonSerializable(typeof(SimplePushBody))]
[JsonSerializable(typeof(string))]
internal sealed partial class PushHttpJson : JsonSerializerContext;
