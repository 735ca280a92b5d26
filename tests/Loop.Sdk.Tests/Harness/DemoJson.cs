using System.Text.Json.Serialization;

namespace Loop.Sdk.Tests.Harness;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
public sealed partial class DemoJson : JsonSerializerContext;
