using System.Text.Json.Serialization;
using Loop.Sdk.Feeds;

namespace QuickStart.Board;

[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(KeyedSnapshot<Note>))]
[JsonSerializable(typeof(KeyedChange<int, Note>))]
internal sealed partial class BoardJson : JsonSerializerContext;
