using System.Globalization;
using System.Runtime.CompilerServices;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Generators.Tests.Runtime;

/// <summary>The server's side: answers so that a test can see what arrived.</summary>
internal sealed class NotesService : INotes
{
    public CancellationToken LastToken { get; private set; }

    public int Pings { get; private set; }

    public List<Note> Stored { get; } = [];

    public Task<Note> GetAsync(NoteId id, CancellationToken cancellationToken = default)
    {
        LastToken = cancellationToken;
        return Task.FromResult(NoteOf(id.Value));
    }

    public async IAsyncEnumerable<Note> WatchAsync(NoteId from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        LastToken = cancellationToken;
        await Task.Yield();
        yield return NoteOf(from.Value);
        yield return NoteOf(from.Value + 1);
    }

    public Task<NoteId> UploadAsync(IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default) =>
        UploadFromAsync(default, notes, cancellationToken);

    public async Task<NoteId> UploadFromAsync(NoteId first, IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default)
    {
        LastToken = cancellationToken;
        await StoreAsync(notes);
        return new NoteId(first.Value + Stored.Count);
    }

    public IAsyncEnumerable<Note> EchoAsync(IAsyncEnumerable<Note> notes, CancellationToken cancellationToken = default)
    {
        LastToken = cancellationToken;
        return notes;
    }

    public Task<ReadOnlyMemory<byte>> RawAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => Task.FromResult(data[1..]);

    public IFeed<Note[], Note> Feed(NoteId from) => new OneNoteFeed(NoteOf(from.Value));

    public Task PingAsync(CancellationToken cancellationToken = default)
    {
        LastToken = cancellationToken;
        Pings++;
        return Task.CompletedTask;
    }

    public Task<Note?> FindAsync(string? word) => Task.FromResult(word is null ? null : new Note(word));

    public async IAsyncEnumerable<Note> EchoFromAsync(NoteId first, IAsyncEnumerable<Note> notes)
    {
        yield return NoteOf(first.Value);
        await foreach (var note in notes)
        {
            yield return note;
        }
    }

    public async Task StoreAsync(IAsyncEnumerable<Note> notes)
    {
        await foreach (var note in notes)
        {
            Stored.Add(note);
        }
    }

    private static Note NoteOf(int number) => new(number.ToString(CultureInfo.InvariantCulture));
}
