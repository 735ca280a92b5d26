using System.Text.Json.Serialization;

namespace Loop.Bench.Load.Targets.Bare;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BareRoom))]
[JsonSerializable(typeof(BareJoin))]
[JsonSerializable(typeof(BareJoined))]
internal sealed partial class BareJson : JsonSerializerContext;
