using System.Text.Json.Serialization;

namespace Loop.Sdk.Generators.Tests.Runtime;

[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(NoteId))]
[JsonSerializable(typeof(Note[]))]
[JsonSerializable(typeof(string))]
public sealed partial class NotesJsonContext : JsonSerializerContext;
