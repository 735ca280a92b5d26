using System.Text.Json.Serialization;

namespace Loop.Sdk.InteropTests.Harness;

[JsonSerializable(typeof(int))]
internal sealed partial class CounterJson : JsonSerializerContext;
