using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc.Conformance;

internal sealed record Move(int Number, string What);

[JsonSerializable(typeof(Move))]
[JsonSerializable(typeof(string))]
internal sealed partial class ConformanceJson : JsonSerializerContext;
