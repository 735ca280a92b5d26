using System.Text.Json.Serialization;

namespace Loop.Sdk.Testing.Tests.Harness;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(List<int>))]
internal sealed partial class ProbeJson : JsonSerializerContext;
