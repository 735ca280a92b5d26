using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Generators.Tests.Runtime;

/// <summary>Has every shape that a contract method can have. The compiler generates its code as it does for users.</summary>
[Contract("tests.notes/3", typeof(NotesJsonContext))]
public partial interface INotes
{
    [ContractMethod(1, Idempotent = true, Weight = 2)]
    Task<Note> GetAsync(NoteId id, CancellationToken cancellationToken = default);

    [ContractMethod(2)]
    IAsyncEnumerable<Note> WatchAsync(NoteId from, CancellationToken cancellationToken = default);

    [ContractMethod(3)]
    Task<NoteId> UploadAsync(IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default);

    [ContractMethod(4)]
    Task<NoteId> UploadFromAsync(NoteId first, IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default);

    [ContractMethod(5)]
    IAsyncEnumerable<Note> EchoAsync(IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default);

    [ContractMethod(6, Weight = 16)]
    Task<ReadOnlyMemory<byte>> RawAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);

    [ContractMethod(7)]
    IFeed<Note[], Note> Feed(NoteId from);

    [ContractMethod(8)]
    Task PingAsync(CancellationToken cancellationToken = default);

    [ContractMethod(9)]
    Task<Note?> FindAsync(string? word);

    [ContractMethod(10)]
    IAsyncEnumerable<Note> EchoFromAsync(NoteId first, IAsyncEnumerable<Note> notes);

    [ContractMethod(11)]
    Task StoreAsync(IAsyncEnumerable<Note> notes);
}
