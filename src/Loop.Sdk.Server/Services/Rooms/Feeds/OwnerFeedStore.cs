using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>An owner's rooms as a feed.</summary>
internal sealed class OwnerFeedStore(RoomsCore core, string owner) : IFeedStore<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>>
{
    private const int ReadAtOnce = 1000;

    // What a room, and somebody in it, have besides context and names, generously.
    private const int RoomOverhead = 512;
    private const int ParticipantOverhead = 256;

    public async ValueTask<StoredState<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await core.Storage.Rooms.ListAsync(owner, 0, ReadAtOnce, cancellationToken).ConfigureAwait(false);
        var pieces = Pieces(read).ToList();
        var first = pieces.Count > 0 ? pieces[0].Change.Put ?? [] : [];
        return new(new(first), pieces.Count > 0 ? pieces[0].Position : Position(read, read.Offset), [.. pieces.Skip(1)]);
    }

    public async ValueTask<StoredChanges<KeyedChange<string, RoomInfo>>?> ReadSinceAsync(FeedPosition since, CancellationToken cancellationToken)
    {
        if (since.Epoch != FeedEpoch.Of(await core.StoreEpochAsync(cancellationToken).ConfigureAwait(false), nameof(owner), owner) || since.Offset < 0)
        {
            return null;
        }

        var read = await core.Storage.Rooms.ListAsync(owner, since.Offset, ReadAtOnce, cancellationToken).ConfigureAwait(false);
        if (read.SnapshotNeeded || read.Offset - since.Offset > core.Options.MaxCatchUp)
        {
            return null;
        }

        return new([.. Pieces(read)], read.More);
    }

    private static FeedPosition Position(RoomChanges read, string owner, long offset) => new(FeedEpoch.Of(read.Epoch, nameof(owner), owner), offset);

    private static int Size(RoomChange change) =>
        RoomOverhead + (change.Room?.Context?.Value.Length ?? 0) + (ParticipantOverhead * change.Participants.Count);

    private FeedPosition Position(RoomChanges read, long offset) => Position(read, owner, offset);

    // The last piece leads up to what was read, also if the last changes are of no interest.
    private IEnumerable<StoredChange<KeyedChange<string, RoomInfo>>> Pieces(RoomChanges read)
    {
        var now = core.Now;
        var (put, removed, bytes) = (new List<RoomInfo>(), new List<string>(), 0);
        for (var index = 0; index < read.Items.Count; index++)
        {
            var item = read.Items[index];
            if (item.Room is { } room && room.ExpiresAt > now)
            {
                put.Add(RoomViews.Of(room, [.. item.Participants.Where(participant => participant.ExpiresAt > now)], RoomAccess.Owner));
            }
            else
            {
                removed.Add(item.Token);
            }

            bytes += Size(item);
            var isLast = index == read.Items.Count - 1;
            if (isLast || bytes + Size(read.Items[index + 1]) > RequestLimits.ChangeBytes)
            {
                var change = new KeyedChange<string, RoomInfo> { Put = put.Count > 0 ? put : null, Removed = removed.Count > 0 ? removed : null };
                yield return new(change, Position(read, isLast ? read.Offset : item.Offset));
                (put, removed, bytes) = ([], [], 0);
            }
        }
    }
}
