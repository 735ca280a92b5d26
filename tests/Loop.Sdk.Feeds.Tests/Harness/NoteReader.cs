namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>Reads a feed of notes one event at a time and follows its state.</summary>
internal sealed class NoteReader(
    IFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>> feed, FeedPosition? from = null, IReadOnlyDictionary<string, string>? known = null) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<FeedEvent<KeyedSnapshot<Note>, KeyedChange<string, Note>>>? _events;

    public Dictionary<string, string> State { get; private set; } = new(known ?? new Dictionary<string, string>());

    public FeedPosition Position { get; private set; } = from ?? default;

    public int Snapshots { get; private set; }

    public int Changes { get; private set; }

    public async Task<FeedEvent<KeyedSnapshot<Note>, KeyedChange<string, Note>>> NextAsync()
    {
        Assert.IsTrue(await MoveAsync(), "The feed ended.");
        return _events!.Current;
    }

    public async Task EndAsync() => Assert.IsFalse(await MoveAsync(), "The feed goes on.");

    public async Task ReadToAsync(FeedPosition position)
    {
        while (Position.Epoch != position.Epoch || Position.Offset < position.Offset)
        {
            await NextAsync();
        }
    }

    /// <summary>Whether it knows what the store has.</summary>
    public bool Equals(NoteStore store) => State.Count == store.State.Count && store.State.All(note => State.GetValueOrDefault(note.Key) == note.Value);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_events is not null)
        {
            await _events.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task<bool> MoveAsync()
    {
        _events ??= feed.SubscribeAsync(from, _stop.Token).GetAsyncEnumerator();
        if (!await _events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)))
        {
            return false;
        }

        var @event = _events.Current;
        switch (@event.Kind)
        {
            case FeedEventKind.Snapshot:
                State = @event.Snapshot.Items.ToDictionary(static note => note.Id, static note => note.Text);
                Snapshots++;
                break;
            case FeedEventKind.Change:
                Assert.IsTrue(@event.Follows <= Position.Offset && @event.Position.Offset > Position.Offset, "The change does not follow.");
                Apply(@event.Change);
                Changes++;
                break;
            default:
                Assert.AreEqual(Position, @event.Position);
                break;
        }

        Position = @event.Position;
        return true;
    }

    private void Apply(KeyedChange<string, Note> change)
    {
        foreach (var key in change.Removed ?? [])
        {
            State.Remove(key);
        }

        foreach (var note in change.Put ?? [])
        {
            State[note.Id] = note.Text;
        }
    }
}
