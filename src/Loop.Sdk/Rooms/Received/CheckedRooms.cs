using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>The rooms of a server that is not believed to answer what it is asked. What feeds say is checked where they are opened.</summary>
internal sealed class CheckedRooms(IRooms rooms) : IRooms
{
    public async Task<RoomRef> ReserveAsync(CancellationToken cancellationToken = default) =>
        Received.Some(await rooms.ReserveAsync(cancellationToken).ConfigureAwait(false));

    public async Task<RoomInfo> CreateAsync(CreateRoom room, CancellationToken cancellationToken = default) =>
        ReceivedRoom.Of(room.Token!, await rooms.CreateAsync(room, cancellationToken).ConfigureAwait(false));

    public async Task<RoomInfo> GetAsync(RoomRef room, CancellationToken cancellationToken = default) =>
        ReceivedRoom.Of(room.Token, await rooms.GetAsync(room, cancellationToken).ConfigureAwait(false));

    public IFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>> List() => rooms.List();

    public async Task<RoomInfo> UpdateAsync(UpdateRoom update, CancellationToken cancellationToken = default) =>
        ReceivedRoom.Of(update.Token, await rooms.UpdateAsync(update, cancellationToken).ConfigureAwait(false));

    public async Task<DeletedRooms> DeleteAsync(DeleteRooms tokens, CancellationToken cancellationToken = default)
    {
        var deleted = Received.Some(await rooms.DeleteAsync(tokens, cancellationToken).ConfigureAwait(false));
        return Received.Whole(deleted.Rooms).Select(static room => room.Token).SequenceEqual(tokens.Tokens)
            ? deleted
            : throw new LoopException(ErrorCodes.ProtocolError, "The server told of other rooms than it was to delete.");
    }

    public async Task<JoinedRoom> JoinAsync(JoinRoom join, CancellationToken cancellationToken = default)
    {
        var joined = Received.Some(await rooms.JoinAsync(join, cancellationToken).ConfigureAwait(false));
        ReceivedRoom.Of(join.Token, joined.Room);
        return joined;
    }

    public Task<RoomLease> RefreshAsync(RoomRef room, CancellationToken cancellationToken = default) => rooms.RefreshAsync(room, cancellationToken);

    public Task LeaveAsync(RoomRef room, CancellationToken cancellationToken = default) => rooms.LeaveAsync(room, cancellationToken);

    public IFeed<KeyedSnapshot<ParticipantInfo>, KeyedChange<string, ParticipantInfo>> Participants(RoomRef room) => rooms.Participants(room);

    public IFeed<RoomInfo, RoomInfo> Watch(RoomRef room) => rooms.Watch(room);

    public Task KickAsync(KickParticipant kick, CancellationToken cancellationToken = default) => rooms.KickAsync(kick, cancellationToken);

    public Task PardonAsync(RoomRef room, CancellationToken cancellationToken = default) => rooms.PardonAsync(room, cancellationToken);

    public async Task<RoomInfo> TransferAsync(TransferRoom transfer, CancellationToken cancellationToken = default) =>
        ReceivedRoom.Of(transfer.Token, await rooms.TransferAsync(transfer, cancellationToken).ConfigureAwait(false));

    public async Task<RoomInfo> RotateAsync(RotateRoom rotation, CancellationToken cancellationToken = default) =>
        ReceivedRoom.Of(rotation.Token, await rooms.RotateAsync(rotation, cancellationToken).ConfigureAwait(false));

    public Task AnnounceAsync(AnnounceMember member, CancellationToken cancellationToken = default) => rooms.AnnounceAsync(member, cancellationToken);

    public IAsyncEnumerable<MemberInfo> MembersAsync(MembersQuery query, CancellationToken cancellationToken = default) =>
        Received.Each(rooms.MembersAsync(query, cancellationToken), cancellationToken);

    public IAsyncEnumerable<KeyNotice> NoticesAsync(NoticesQuery query, CancellationToken cancellationToken = default) =>
        Received.Each(rooms.NoticesAsync(query, cancellationToken), cancellationToken);
}
