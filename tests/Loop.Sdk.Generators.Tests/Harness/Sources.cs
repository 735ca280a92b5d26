namespace Loop.Sdk.Generators.Tests.Harness;

/// <summary>Source text that many tests start from.</summary>
internal static class Sources
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using System.Threading;
        using System.Threading.Tasks;
        using Loop.Sdk.Contracts;
        using Loop.Sdk.Feeds;

        """;

    /// <summary>Types and a context such as the JSON source generator completes.</summary>
    public const string Types = Usings + """
        namespace Demo;
        public sealed record NoteId(int Value);
        public sealed record Note(string Text);
        public sealed record Filter(string Word);
        public sealed record Header(string Title);
        public sealed record Summary(int Count);
        public sealed record Snap(int Total);
        public sealed record Change(int By);
        public sealed record Unknown(int Value);

        [JsonSerializable(typeof(NoteId))]
        [JsonSerializable(typeof(Note))]
        [JsonSerializable(typeof(Filter))]
        [JsonSerializable(typeof(Header))]
        [JsonSerializable(typeof(Summary))]
        [JsonSerializable(typeof(Snap))]
        [JsonSerializable(typeof(Change))]
        [JsonSerializable(typeof(string))]
        [JsonSerializable(typeof(int?))]
        [JsonSerializable(typeof(Dictionary<string, Note[]>))]
        public sealed class NotesJsonContext : JsonSerializerContext
        {
            public NotesJsonContext() : base(null) { }
            public static NotesJsonContext Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => JsonTypeInfo.CreateJsonTypeInfo(type, Options);
        }
        """;

    public const string EverySignature = """
            [ContractMethod(1, Idempotent = true, Weight = 2)] Task<Note> GetAsync(NoteId id, CancellationToken cancellationToken = default);
            [ContractMethod(2)] IAsyncEnumerable<Note> WatchAsync(Filter f, CancellationToken cancellationToken = default);
            [ContractMethod(3)] Task<Summary> UploadAsync(IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default);
            [ContractMethod(4)] Task<Summary> Upload2Async(Header request, IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default);
            [ContractMethod(5)] IAsyncEnumerable<Note> EchoAsync(IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default);
            [ContractMethod(6)] Task<ReadOnlyMemory<byte>> RawAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);
            [ContractMethod(7)] IFeed<Snap, Change> Feed(Filter f);
            [ContractMethod(8)] Task PingAsync(CancellationToken cancellationToken = default);
            [ContractMethod(9)] IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks);
            [ContractMethod(10)] Task<Note?> FindAsync(string? word);
            [ContractMethod(11)] IFeed<Snap, Change> Everything();
            [ContractMethod(12)] Task StoreAsync(IAsyncEnumerable<Note> notes);
            [ContractMethod(13)] Task<Dictionary<string, Note[]>> ByWordAsync(int? limit = null);
            [ContractMethod(65535, Weight = 16)] IAsyncEnumerable<Note> AllAsync();
        """;

    /// <summary>A type that holds these members, in a file of its own.</summary>
    public static string Type(string declaration, string members) => $"{Usings}namespace Demo;\n{declaration}\n{{\n{members}\n}}\n";

    /// <summary>A contract with these members, in a file of its own.</summary>
    public static string Contract(string members, string declaration = "public partial interface INotes", string attribute = "[Contract(\"demo.notes/1\", typeof(NotesJsonContext))]") =>
        Type($"{attribute}\n{declaration}", members);
}
