using System.Text.Json.Serialization;
using Loop.Bench.Load.Server;

namespace Loop.Bench.Load.Payload;

/// <summary>The one source-generated context that all targets share, on both sides.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(ServerSnapshot))]
[JsonSerializable(typeof(PublishResult))]
internal sealed partial class BenchJson : JsonSerializerContext;
