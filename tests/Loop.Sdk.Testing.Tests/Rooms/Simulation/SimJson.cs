using System.Text.Json.Serialization;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChatMessage))]
internal sealed partial class SimJson : JsonSerializerContext;
