using System.Text.Json.Serialization;

namespace Loop.Sdk.Testing.Tests.Push.Harness;

[JsonSerializable(typeof(int[]))]
internal sealed partial class PushTestJson : JsonSerializerContext;
