using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Rooms;

/// <summary>The owners' lists that somebody follows. Each is there while somebody does.</summary>
internal sealed class OwnerFeeds(RoomsCore core)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (StoredFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>> Feed, int Uses)> _feeds = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _feeds.Count;
            }
        }
    }

    /// <summary>Gives an owner's list, until the grant is disposed of.</summary>
    public FeedGrant<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>> Open(string owner)
    {
        lock (_lock)
        {
            var (feed, uses) = _feeds.GetValueOrDefault(owner);
            feed ??= new(new OwnerFeedStore(core, owner));
            _feeds[owner] = (feed, uses + 1);
            return new(feed, RoomErrors.NotParticipant, () => Release(owner));
        }
    }

    /// <summary>A room of the owner was changed in the store.</summary>
    public void Changed(string owner)
    {
        lock (_lock)
        {
            _feeds.GetValueOrDefault(owner).Feed?.Advance();
        }
    }

    private void Release(string owner)
    {
        lock (_lock)
        {
            var (feed, uses) = _feeds[owner];
            if (uses > 1)
            {
                _feeds[owner] = (feed, uses - 1);
                return;
            }

            _feeds.Remove(owner);
            feed.Dispose();
        }
    }
}
