namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>Reads a tally's feed one event at a time and follows its state.</summary>
internal sealed class FeedReader(IFeed<Tally, Step> feed, FeedPosition? from = null, Tally? known = null) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<FeedEvent<Tally, Step>>? _events;

    public Tally? State { get; private set; } = known;

    public FeedPosition Position { get; private set; }

    public int Snapshots { get; private set; }

    public int Resumptions { get; private set; }

    public int Changes { get; private set; }

    public async Task<FeedEvent<Tally, Step>> NextAsync()
    {
        Assert.IsTrue(await MoveAsync(), "The feed ended.");
        return _events!.Current;
    }

    public async Task EndAsync() => Assert.IsFalse(await MoveAsync(), "The feed goes on.");

    public async Task ReadToAsync(FeedPosition position)
    {
        while (Position != position)
        {
            await NextAsync();
        }
    }

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
                State = @event.Snapshot;
                Snapshots++;
                break;
            case FeedEventKind.Change:
                Assert.AreEqual(Position.Offset + 1, @event.Position.Offset);
                State = Tally.Apply(State!, @event.Change);
                Changes++;
                break;
            default:
                Resumptions++;
                break;
        }

        Position = @event.Position;
        return true;
    }
}
