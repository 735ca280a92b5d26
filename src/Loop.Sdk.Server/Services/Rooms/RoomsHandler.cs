using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Rooms;

/// <summary>One session's calls to <c>loop.rooms/1</c>.</summary>
internal sealed class RoomsHandler : IRooms
{
    private readonly RoomsCore _core;
    private readonly SessionAccess _access;
    private readonly RoomBook _rooms;
    private readonly Attendance _attendance;
    private readonly Ownership _ownership;
    private readonly MemberBook _members;

    public RoomsHandler(RoomsCore core, LoopSession session)
    {
        var rooms = core.Sessions.Of(session);
        _core = core;
        _access = new SessionAccess(core, rooms);
        _rooms = new RoomBook(core, rooms, _access);
        _attendance = new Attendance(core, rooms, _access);
        _ownership = new Ownership(core, _access, _attendance, _rooms);
        _members = new MemberBook(core, _access);
    }

    public Task<RoomRef> ReserveAsync(CancellationToken cancellationToken) => Task.FromResult(_rooms.Reserve());

    public Task<RoomInfo> CreateAsync(CreateRoom room, CancellationToken cancellationToken) => _rooms.CreateAsync(room, cancellationToken);

    public Task<RoomInfo> GetAsync(RoomRef room, CancellationToken cancellationToken) => _rooms.GetAsync(room, cancellationToken);

    public IFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>> List() =>
        new GatedFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>>(_ => ValueTask.FromResult(_core.Owners.Open(_access.Account)));

    public Task<RoomInfo> UpdateAsync(UpdateRoom update, CancellationToken cancellationToken) => _rooms.UpdateAsync(update, cancellationToken);

    public Task<DeletedRooms> DeleteAsync(DeleteRooms rooms, CancellationToken cancellationToken) => _rooms.DeleteAsync(rooms, cancellationToken);

    public Task<JoinedRoom> JoinAsync(JoinRoom join, CancellationToken cancellationToken) => _attendance.JoinAsync(join, cancellationToken);

    public Task<RoomLease> RefreshAsync(RoomRef room, CancellationToken cancellationToken) => _attendance.RefreshAsync(room, cancellationToken);

    public Task LeaveAsync(RoomRef room, CancellationToken cancellationToken) => _attendance.LeaveAsync(room, cancellationToken);

    public IFeed<KeyedSnapshot<ParticipantInfo>, KeyedChange<string, ParticipantInfo>> Participants(RoomRef room)
    {
        var token = RequestChecks.Token(RequestChecks.Request(room).Token);
        return new GatedFeed<KeyedSnapshot<ParticipantInfo>, KeyedChange<string, ParticipantInfo>>(
            cancellationToken => _access.OpenAsync(token, static live => live.Participants, isWatcher: true, cancellationToken));
    }

    public IFeed<RoomInfo, RoomInfo> Watch(RoomRef room)
    {
        var token = RequestChecks.Token(RequestChecks.Request(room).Token);
        return new GatedFeed<RoomInfo, RoomInfo>(cancellationToken => _access.OpenAsync(token, static live => live.Info, isWatcher: true, cancellationToken));
    }

    public Task KickAsync(KickParticipant kick, CancellationToken cancellationToken) => _attendance.KickAsync(kick, cancellationToken);

    public Task PardonAsync(RoomRef room, CancellationToken cancellationToken) => _attendance.PardonAsync(room, cancellationToken);

    public Task<RoomInfo> TransferAsync(TransferRoom transfer, CancellationToken cancellationToken) => _ownership.TransferAsync(transfer, cancellationToken);

    public Task<RoomInfo> RotateAsync(RotateRoom rotation, CancellationToken cancellationToken) => _ownership.RotateAsync(rotation, cancellationToken);

    public Task AnnounceAsync(AnnounceMember member, CancellationToken cancellationToken) => _members.AnnounceAsync(member, cancellationToken);

    public IAsyncEnumerable<MemberInfo> MembersAsync(MembersQuery query, CancellationToken cancellationToken) => _members.ListAsync(query, cancellationToken);

    public IAsyncEnumerable<KeyNotice> NoticesAsync(NoticesQuery query, CancellationToken cancellationToken) => _members.ListNoticesAsync(query, cancellationToken);
}
