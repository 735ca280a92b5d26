using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>A timeline as a feed of items with keys, into which pages of history are put as they are asked for. For one view.</summary>
#pragma warning disable CA1001 // A semaphore that nobody waits for by handle holds nothing.
internal sealed class TimelineViewFeed(RoomTimeline timeline)
#pragma warning restore CA1001
    : IFeed<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>, IInterruptibleFeed<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly SortedDictionary<long, long> _versions = [];
    private readonly Channel<FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>> _events =
        Channel.CreateBounded<FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>>(1);
    private FeedPosition _position;
    private long _first;
    private volatile bool _hasOlder;

    public long First => Interlocked.Read(ref _first);

    public bool HasOlder => _hasOlder;

    public IAsyncEnumerable<FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>> SubscribeAsync(
        FeedPosition? from = null, CancellationToken cancellationToken = default) => SubscribeAsync(from, interrupted: null, cancellationToken);

    public async IAsyncEnumerable<FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>> SubscribeAsync(
        FeedPosition? from, Action? interrupted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = FollowAsync(interrupted, stop.Token);
        try
        {
            await foreach (var @event in _events.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return @event;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Puts the page before the oldest entry that is shown into the feed.</summary>
    public async Task<int> LoadOlderAsync(int count, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var page = await timeline.PageAsync(Oldest(), count, cancellationToken).ConfigureAwait(false);
            if (Put(page) is { } change)
            {
                await _events.Writer.WriteAsync(change, cancellationToken).ConfigureAwait(false);
            }

            return page.Entries.Count;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task FollowAsync(Action? interrupted, CancellationToken cancellationToken)
    {
        try
        {
            var changes = timeline.Changes is IInterruptibleFeed<TimelinePage, TimelineChange> interruptible
                ? interruptible.SubscribeAsync(from: null, interrupted, cancellationToken)
                : timeline.Changes.SubscribeAsync(from: null, cancellationToken);
            await foreach (var @event in changes.ConfigureAwait(false))
            {
                await _events.Writer.WriteAsync(Take(@event), cancellationToken).ConfigureAwait(false);
            }

            _events.Writer.TryComplete();
        }
#pragma warning disable CA1031 // The view says why it stopped, whatever it was.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _events.Writer.TryComplete(exception);
        }
    }

    private FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>> Take(FeedEvent<TimelinePage, TimelineChange> @event)
    {
        lock (_lock)
        {
            _position = @event.Position;
            switch (@event.Kind)
            {
                case FeedEventKind.Snapshot:
                    _versions.Clear();
                    _hasOlder = @event.Snapshot.HasOlder;
                    Note(@event.Snapshot.Entries, @event.Snapshot.First);
                    return FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>.OfSnapshot(new(@event.Snapshot.Entries), _position);
                case FeedEventKind.Change:
                    var shown = Shown(@event.Change.Entries);
                    Note(shown, @event.Change.First);
                    return Change(shown, Gone());
                default:
                    return FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>.OfResumed(_position);
            }
        }
    }

    private FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>? Put(TimelinePage page)
    {
        lock (_lock)
        {
            _hasOlder = page.HasOlder;

            // What the feed told of meanwhile is newer.
            var fresh = page.Entries.Where(entry => _versions.GetValueOrDefault(entry.Sequence) < entry.Version).ToArray();
            Note(fresh, page.First);
            return fresh.Length > 0 ? Change(fresh, null) : null;
        }
    }

    // An edit of an entry that was not loaded would leave a hole before it.
    private TimelineEntry[] Shown(IReadOnlyList<TimelineEntry> entries)
    {
        var oldest = _versions.Count > 0 ? _versions.Keys.First() : 0;
        return [.. entries.Where(entry => entry.Sequence >= oldest)];
    }

    private void Note(IReadOnlyList<TimelineEntry> entries, long first)
    {
        Interlocked.Exchange(ref _first, first);
        foreach (var entry in entries)
        {
            _versions[entry.Sequence] = entry.Version;
        }
    }

    private long[]? Gone()
    {
        var gone = _versions.Keys.TakeWhile(sequence => sequence < _first).ToArray();
        Array.ForEach(gone, sequence => _versions.Remove(sequence));
        if (_versions.Count > 0 && _versions.Keys.First() <= _first)
        {
            _hasOlder = false;
        }

        return gone.Length > 0 ? gone : null;
    }

    private FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>> Change(IReadOnlyList<TimelineEntry> put, long[]? removed) =>
        FeedEvent<KeyedSnapshot<TimelineEntry>, KeyedChange<long, TimelineEntry>>.OfChange(new() { Put = put, Removed = removed }, _position);

    private long? Oldest()
    {
        lock (_lock)
        {
            return _versions.Count > 0 ? _versions.Keys.First() : null;
        }
    }
}
