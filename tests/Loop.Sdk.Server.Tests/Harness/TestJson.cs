using System.Text.Json.Serialization;

namespace Loop.Sdk.Server.Tests.Harness;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class TestJson : JsonSerializerContext;
