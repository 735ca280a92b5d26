namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>Notes in a store that keeps each note's newest state and tombstones, as databases do.</summary>
internal sealed class NoteStore : IFeedStore<KeyedSnapshot<Note>, KeyedChange<string, Note>>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Offset, Note? Note)> _notes = [];
    private int _reads;

    public ulong Epoch { get; set; } = 7;

    public long Head { get; private set; }

    /// <summary>Positions before this one are no longer known.</summary>
    public long Floor { get; set; }

    /// <summary>How many changes a read gives, and how many notes a piece of the state has.</summary>
    public int Page { get; init; } = 1000;

    /// <summary>How many reads were answered.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>What a read waits for, once it has read, before it answers.</summary>
    public Func<Task> Pause { get; set; } = () => Task.CompletedTask;

    public FeedPosition Position
    {
        get
        {
            lock (_lock)
            {
                return new(Epoch, Head);
            }
        }
    }

    public IReadOnlyDictionary<string, string> State
    {
        get
        {
            lock (_lock)
            {
                return _notes.Where(static note => note.Value.Note is not null).ToDictionary(static note => note.Key, static note => note.Value.Note!.Text);
            }
        }
    }

    public void Put(string id, string text) => Write(id, new Note(id, text));

    public void Remove(string id) => Write(id, null);

    public async ValueTask<StoredState<KeyedSnapshot<Note>, KeyedChange<string, Note>>> ReadAsync(CancellationToken cancellationToken)
    {
        StoredState<KeyedSnapshot<Note>, KeyedChange<string, Note>> state;
        lock (_lock)
        {
            var pieces = _notes.Values.Where(static note => note.Note is not null).OrderBy(static note => note.Offset).Chunk(Page).ToList();
            var first = pieces.Count > 0 ? pieces[0] : [];
            var rest = pieces.Skip(1).Select(piece => Change(piece, piece[^1].Offset)).ToList();
            var position = new FeedPosition(Epoch, rest.Count > 0 ? first[^1].Offset : Head);
            if (rest.Count > 0)
            {
                rest[^1] = rest[^1] with { Position = new(Epoch, Head) };
            }

            state = new(new([.. first.Select(static note => note.Note!)]), position, rest);
        }

        await Pause();
        Interlocked.Increment(ref _reads);
        return state;
    }

    public async ValueTask<StoredChanges<KeyedChange<string, Note>>?> ReadSinceAsync(FeedPosition since, CancellationToken cancellationToken)
    {
        StoredChanges<KeyedChange<string, Note>>? changes = null;
        lock (_lock)
        {
            if (since.Epoch == Epoch && since.Offset <= Head && since.Offset >= Floor)
            {
                var found = _notes.Values.Where(note => note.Offset > since.Offset).OrderBy(static note => note.Offset).Take(Page + 1).ToList();
                var more = found.Count > Page;
                changes = found.Count == 0 ? new([])
                    : more ? new([Change(found[..Page], found[Page - 1].Offset)], More: true)
                    : new([Change(found, Head)]);
            }
        }

        await Pause();
        Interlocked.Increment(ref _reads);
        return changes;
    }

    private StoredChange<KeyedChange<string, Note>> Change(IReadOnlyCollection<(long Offset, Note? Note)> notes, long offset) => new(
        new()
        {
            Put = [.. notes.Where(static note => note.Note is not null).Select(static note => note.Note!)],
            Removed = [.. notes.Where(static note => note.Note is null).Select(note => _notes.Single(known => known.Value.Offset == note.Offset).Key)],
        },
        new(Epoch, offset));

    private void Write(string id, Note? note)
    {
        lock (_lock)
        {
            _notes[id] = (++Head, note);
        }
    }
}
