using System.Text.Json.Serialization;
using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Targets.Loop;

[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(int))]
internal sealed partial class LoopJson : JsonSerializerContext;
