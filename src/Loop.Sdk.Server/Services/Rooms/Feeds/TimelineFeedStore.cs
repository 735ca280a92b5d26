using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>A timeline as a feed: the newest page, then what was added, edited or emptied.</summary>
internal sealed class TimelineFeedStore(RoomsCore core, string token) : IFeedStore<EntriesPage, EntriesChange>
{
    private const int ReadAtOnce = 500;

    public async ValueTask<StoredState<EntriesPage, EntriesChange>> ReadAsync(CancellationToken cancellationToken)
    {
        var epoch = await EpochAsync(cancellationToken).ConfigureAwait(false);
        var page = await core.Storage.Timelines.ReadBackAsync(token, long.MaxValue, core.Options.TimelinePage, cancellationToken).ConfigureAwait(false)
            ?? throw RoomErrors.Of(ErrorCodes.RoomGone);
        return new(EntryPages.Of(page), new FeedPosition(epoch, page.Head), Rest: []);
    }

    public async ValueTask<StoredChanges<EntriesChange>?> ReadSinceAsync(FeedPosition since, CancellationToken cancellationToken)
    {
        var epoch = await EpochAsync(cancellationToken).ConfigureAwait(false);
        if (since.Epoch != epoch)
        {
            return null;
        }

        var page = await core.Storage.Timelines.ReadChangesAsync(token, since.Offset, ReadAtOnce, cancellationToken).ConfigureAwait(false)
            ?? throw RoomErrors.Of(ErrorCodes.RoomGone);
        if (page.SnapshotNeeded || page.Head - since.Offset > core.Options.MaxCatchUp)
        {
            return null;
        }

        var changes = EntryPages.Pieces(page.Entries, RequestLimits.ChangeBytes)
            .Select(piece => Change(page, piece, new FeedPosition(epoch, piece[^1].Offset))).ToList();
        if (!page.More && page.Head > since.Offset)
        {
            // What changed last may have been removed since: there is nothing to be said of it, but the position moves.
            if (changes.Count == 0)
            {
                changes.Add(Change(page, [], default));
            }

            changes[^1] = changes[^1] with { Position = new FeedPosition(epoch, page.Head) };
        }

        return new(changes, page.More);
    }

    private static StoredChange<EntriesChange> Change(TimelinePage page, IReadOnlyList<EntryRecord> entries, FeedPosition position) =>
        new(new EntriesChange { Entries = [.. entries.Select(RoomViews.Of)], First = page.First }, position);

    private async ValueTask<ulong> EpochAsync(CancellationToken cancellationToken) =>
        FeedEpoch.Of(await core.StoreEpochAsync(cancellationToken).ConfigureAwait(false), "timeline", token);
}
