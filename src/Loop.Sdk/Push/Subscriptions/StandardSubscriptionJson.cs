using System.Text.Json.Serialization;

namespace Loop.Sdk.Push;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StandardSubscription))]
internal sealed partial class StandardSubscriptionJson : JsonSerializerContext;
