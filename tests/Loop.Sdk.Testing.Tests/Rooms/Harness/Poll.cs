using System.Text.Json.Serialization;

namespace Loop.Sdk.Testing.Tests.Rooms.Harness;

/// <summary>An entry of the application's own.</summary>
internal sealed record Poll(string Question, string[] Answers)
{
    public const string Kind = "example.poll";
}

[JsonSerializable(typeof(Poll))]
[JsonSerializable(typeof(string))]
internal sealed partial class PollJson : JsonSerializerContext;
