using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>
/// Rooms on the wire: <c>loop.rooms/1</c>. What members share is sealed before it gets here, see <c>docs/encryption.md</c>; who may call what, and with which codes
/// a method fails, says <c>docs/rooms.md</c>. Besides the codes named at a method, each fails with <c>invalid_request</c> for a value that is missing, malformed or
/// out of range, and with <c>room_not_found</c> for a room that is not there or has expired.
/// </summary>
[Contract("loop.rooms/1", typeof(RoomsJson))]
public partial interface IRooms
{
    /// <summary>Gives a token for a room to be created on this session, so that its context can be sealed for it. One that is not used is forgotten with the session.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>account_required</c>.</exception>
    [ContractMethod(1)]
    Task<RoomRef> ReserveAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates a room that the caller owns. With a token that the caller's room has already, it gives that room: so it may be called again after a lost answer.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>account_required</c>, <c>token_not_reserved</c>, <c>too_many_rooms</c>, <c>invalid_name</c>.</exception>
    [ContractMethod(2)]
    Task<RoomInfo> CreateAsync(CreateRoom room, CancellationToken cancellationToken = default);

    /// <summary>Gives a room: to whoever has its token the public part, to those who are in it more, to the owner all. <see cref="RoomInfo.Access"/> says which.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(3, Idempotent = true)]
    Task<RoomInfo> GetAsync(RoomRef room, CancellationToken cancellationToken = default);

    /// <summary>
    /// The caller's own rooms, with everybody in them; removed keys are tombstones of rooms that were deleted, have expired or were given away. Positions are those of the
    /// store: they hold across restarts of the server. A long list comes as a snapshot of its beginning and changes right after it.
    /// </summary>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>.</exception>
    [ContractMethod(4)]
    IFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>> List();

    /// <summary>Changes a room. Owner only.</summary>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_owner</c>; <c>room_conflict</c>: the room has another version, or its context is as new; <c>invalid_name</c>.</exception>
    [ContractMethod(5)]
    Task<RoomInfo> UpdateAsync(UpdateRoom update, CancellationToken cancellationToken = default);

    /// <summary>Deletes rooms with everything in them, those of the caller among the given ones, in one step.</summary>
    /// <param name="rooms">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of each, in the given order: <c>room_not_found</c> or <c>not_owner</c> for those that were not deleted.</returns>
    [ContractMethod(6, Idempotent = true)]
    Task<DeletedRooms> DeleteAsync(DeleteRooms rooms, CancellationToken cancellationToken = default);

    /// <summary>
    /// Joins a room on this session: the participation lasts until the session ends or leaves. An anonymous caller becomes a guest, with a credential for this room only.
    /// Joining again from the same device takes the place of the earlier participation; after a lost session it has to be done.
    /// </summary>
    /// <param name="join">Who joins what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">
    /// <c>room_full</c>, <c>too_many_for_client</c>, <c>room_locked</c>, <c>barred</c>, <c>guest_refused</c>, <c>guest_scope</c>, <c>member_taken</c>, <c>stale_version</c>,
    /// <c>stale_epoch</c>: the announcement is not of the room's epoch; <c>invalid_name</c>, <c>resource_exhausted</c>.
    /// </exception>
    [ContractMethod(7)]
    Task<JoinedRoom> JoinAsync(JoinRoom join, CancellationToken cancellationToken = default);

    /// <summary>Prolongs this session's participation. The server does that by itself while the session lives.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_participant</c>, <c>participation_expired</c>, <c>kicked</c>: join again, if it is allowed.</exception>
    [ContractMethod(8)]
    Task<RoomLease> RefreshAsync(RoomRef room, CancellationToken cancellationToken = default);

    /// <summary>Ends this session's participation. A guest's credential ends with its last one.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_participant</c>.</exception>
    [ContractMethod(9)]
    Task LeaveAsync(RoomRef room, CancellationToken cancellationToken = default);

    /// <summary>Who is in the room. For participants and the owner. After a restart of the server it starts with a snapshot.</summary>
    /// <param name="room">The room.</param>
    /// <exception cref="LoopException">While enumerating: <c>not_participant</c>: join first, or again; <c>kicked</c>, <c>room_gone</c>.</exception>
    [ContractMethod(10)]
    IFeed<KeyedSnapshot<ParticipantInfo>, KeyedChange<string, ParticipantInfo>> Participants(RoomRef room);

    /// <summary>The room itself, as participants see it and without <see cref="RoomInfo.Participants"/>: each change is the whole room. For participants and the owner.</summary>
    /// <param name="room">The room.</param>
    /// <exception cref="LoopException">While enumerating: <c>not_participant</c>, <c>kicked</c>, <c>room_gone</c>.</exception>
    [ContractMethod(11)]
    IFeed<RoomInfo, RoomInfo> Watch(RoomRef room);

    /// <summary>Removes somebody from the room, with all their devices; a guest's credential ends. Owner only. What they know of the key they keep: see <see cref="RotateAsync"/>.</summary>
    /// <param name="kick">Whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_owner</c>; <c>not_participant</c>: nobody has that id.</exception>
    [ContractMethod(12)]
    Task KickAsync(KickParticipant kick, CancellationToken cancellationToken = default);

    /// <summary>Lets everybody who was barred from the room join again. Owner only.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_owner</c>.</exception>
    [ContractMethod(13, Idempotent = true)]
    Task PardonAsync(RoomRef room, CancellationToken cancellationToken = default);

    /// <summary>Gives the room to somebody who is in it and has an account. The wrapped key goes; the new owner leaves one of their own.</summary>
    /// <param name="transfer">What to whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The room as the caller sees it afterwards.</returns>
    /// <exception cref="LoopException">
    /// <c>not_owner</c>, <c>not_participant</c>, <c>account_required</c>: it is a guest; <c>room_conflict</c>, <c>too_many_rooms</c>: the new owner has as many as may be; <c>invalid_name</c>.
    /// </exception>
    [ContractMethod(14)]
    Task<RoomInfo> TransferAsync(TransferRoom transfer, CancellationToken cancellationToken = default);

    /// <summary>Changes the room's key in one step: context, wrapped key, notices to those who stay, and the end of those who are removed. Owner only.</summary>
    /// <param name="rotation">The new epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_owner</c>; <c>room_conflict</c>: the epoch does not follow, or the room has another version or as new a context.</exception>
    [ContractMethod(15)]
    Task<RoomInfo> RotateAsync(RotateRoom rotation, CancellationToken cancellationToken = default);

    /// <summary>
    /// Announces a member of the caller, in the current epoch. For participants and the owner. It is the <see cref="ParticipantInfo.Member"/> of the caller's participation
    /// from then on, which <see cref="Participants"/> tells again, since others may not have known who that is.
    /// </summary>
    /// <param name="member">The announcement.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">
    /// <c>not_participant</c>, <c>member_taken</c>: the id is somebody else's; <c>stale_version</c>: it is not newer than the one that is there; <c>stale_epoch</c>;
    /// <c>resource_exhausted</c>: there are as many as may be.
    /// </exception>
    [ContractMethod(16)]
    Task AnnounceAsync(AnnounceMember member, CancellationToken cancellationToken = default);

    /// <summary>The announcements of an epoch, by member id. For participants and the owner.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_participant</c>.</exception>
    [ContractMethod(17)]
    IAsyncEnumerable<MemberInfo> MembersAsync(MembersQuery query, CancellationToken cancellationToken = default);

    /// <summary>The keys that rotations left for a member, oldest first: the way from an epoch to the current one. For participants and the owner; they open for the member only.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_participant</c>.</exception>
    [ContractMethod(18)]
    IAsyncEnumerable<KeyNotice> NoticesAsync(NoticesQuery query, CancellationToken cancellationToken = default);
}
