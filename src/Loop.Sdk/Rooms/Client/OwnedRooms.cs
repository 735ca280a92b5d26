using System.Runtime.CompilerServices;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>An account's own rooms, with their contexts. Keys are unwrapped for each context and not kept; what was read once is not read again as long as somebody subscribes.</summary>
internal sealed class OwnedRooms(RoomServices services) : IFeed<KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>>,
    IInterruptibleFeed<KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>>
{
    public IAsyncEnumerable<FeedEvent<KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>>> SubscribeAsync(
        FeedPosition? from = null, CancellationToken cancellationToken = default) => SubscribeAsync(from, interrupted: null, cancellationToken);

    public async IAsyncEnumerable<FeedEvent<KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>>> SubscribeAsync(
        FeedPosition? from, Action? interrupted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new OwnedRoomReader(services);
        var feed = new RoomFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>, KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>>(
            services.Rooms.List(), services.Time, membership: null, reader.ReadAsync, reader.ReadAsync, RoomLifetime.Endless);
        await foreach (var @event in feed.SubscribeAsync(from, interrupted, cancellationToken).ConfigureAwait(false))
        {
            yield return @event;
        }
    }
}
