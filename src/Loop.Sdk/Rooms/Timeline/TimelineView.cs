using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>The newest entries of a timeline as a list to bind to, and older ones as they are asked for. Made by <see cref="TimelineReading"/>.</summary>
public sealed class TimelineView : IAsyncDisposable
{
    private static readonly Comparer<TimelineEntry> BySequence = Comparer<TimelineEntry>.Create(static (one, other) => one.Sequence.CompareTo(other.Sequence));

    private readonly TimelineViewFeed _feed;

    internal TimelineView(TimelineViewFeed feed, LiveViewOptions? options)
    {
        _feed = feed;
        Entries = feed.ToLiveCollection(static entry => entry.Sequence, BySequence, options);
    }

    /// <summary>
    /// The entries, by sequence. Those that the server has removed, as they were too old or too many, go from the list too. After too long an absence it begins anew with the newest page.
    /// </summary>
    public LiveCollection<long, TimelineEntry> Entries { get; }

    /// <summary>The sequence of the oldest entry that is kept, as last heard; 0 before the first page.</summary>
    public long First => _feed.First;

    /// <summary>Whether there are entries before those in the list.</summary>
    public bool HasOlder => _feed.HasOlder;

    /// <summary>Adds the entries before those in the list.</summary>
    /// <param name="count">How many at most, 1 to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were found. They are in the list soon after.</returns>
    /// <exception cref="LoopException">As for <see cref="RoomTimeline.PageAsync"/>, and those with which <see cref="Entries"/> stopped.</exception>
    public Task<int> LoadOlderAsync(int count = 50, CancellationToken cancellationToken = default) => LoadAsync(count, cancellationToken);

    /// <summary>Stops following the timeline.</summary>
    public ValueTask DisposeAsync() => Entries.DisposeAsync();

    private async Task<int> LoadAsync(int count, CancellationToken cancellationToken)
    {
        await Entries.WhenReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _feed.LoadOlderAsync(count, cancellationToken).ConfigureAwait(false);
    }
}
