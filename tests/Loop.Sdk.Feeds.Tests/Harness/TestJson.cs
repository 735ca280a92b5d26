using System.Text.Json.Serialization;

namespace Loop.Sdk.Feeds.Tests.Harness;

[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(Step))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(KeyedSnapshot<Note>))]
[JsonSerializable(typeof(KeyedChange<string, Note>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class TestJson : JsonSerializerContext;
