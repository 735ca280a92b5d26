using System.Runtime.CompilerServices;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>Ways to read a timeline entry by entry.</summary>
public static class TimelineReading
{
    private const int PageSize = 100;

    /// <summary>Every entry that is kept, the newest first.</summary>
    /// <param name="timeline">The timeline.</param>
    /// <param name="before">Entries before this sequence; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoopException">While enumerating: as for <see cref="RoomTimeline.PageAsync"/>; <c>protocol_error</c>: the server goes in circles.</exception>
    public static async IAsyncEnumerable<TimelineEntry> BackwardsAsync(
        this RoomTimeline timeline, long? before = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        while (true)
        {
            var page = await timeline.PageAsync(before, PageSize, cancellationToken).ConfigureAwait(false);
            for (var index = page.Entries.Count - 1; index >= 0; index--)
            {
                yield return page.Entries[index];
            }

            if (!page.HasOlder)
            {
                yield break;
            }

            var oldest = page.Entries.Count > 0 ? page.Entries[0].Sequence : long.MaxValue;
            if (oldest >= (before ?? long.MaxValue))
            {
                throw new LoopException(ErrorCodes.ProtocolError, "A page of a timeline does not lead on.");
            }

            before = oldest;
        }
    }

    /// <summary>A list of the newest entries to bind to, kept up to date, to which older ones can be added. The caller disposes of it.</summary>
    /// <param name="timeline">The timeline.</param>
    /// <param name="options">Where the list lives, or null for the synchronisation context of the caller.</param>
    public static TimelineView ToLiveView(this RoomTimeline timeline, LiveViewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        return new TimelineView(new TimelineViewFeed(timeline), options);
    }

    /// <summary>
    /// The newest entries, then each as it is added, edited or deleted, in the order of their changes. The same version of an entry comes once. After an interruption it goes on where
    /// it was; if too much was missed, with the newest page: <see cref="RoomTimeline.Changes"/> tells when that happens.
    /// </summary>
    /// <param name="timeline">The timeline.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<TimelineEntry> FollowAsync(this RoomTimeline timeline, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        var seen = new Dictionary<long, long>();
        await foreach (var @event in timeline.Changes.SubscribeAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (@event.Kind == FeedEventKind.Resumed)
            {
                continue;
            }

            var entries = @event.Kind == FeedEventKind.Snapshot ? @event.Snapshot.Entries : @event.Change.Entries;
            foreach (var entry in entries)
            {
                if (@event.Kind == FeedEventKind.Change || seen.GetValueOrDefault(entry.Sequence) < entry.Version)
                {
                    seen[entry.Sequence] = entry.Version;
                    yield return entry;
                }
            }

            Forget(seen, @event.Kind == FeedEventKind.Snapshot ? entries : []);
        }
    }

    // Only what a snapshot may bring again has to be remembered: the newest.
    private static void Forget(Dictionary<long, long> seen, IReadOnlyList<TimelineEntry> newest)
    {
        const int Most = 1024;
        var oldest = newest.Count > 0 ? newest[0].Sequence : seen.Count > Most ? seen.Keys.Max() - (Most / 2) : 0;
        foreach (var sequence in seen.Keys.Where(sequence => sequence < oldest).ToArray())
        {
            seen.Remove(sequence);
        }
    }
}
