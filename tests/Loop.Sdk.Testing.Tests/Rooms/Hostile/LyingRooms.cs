using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Hostile;

/// <summary>The real server's rooms, told otherwise where a test says so.</summary>
internal sealed class LyingRooms(IRooms real) : IRooms
{
    public Func<RoomInfo, RoomInfo> Room { get; set; } = static room => room;

    public Func<ParticipantInfo, ParticipantInfo> Participant { get; set; } = static participant => participant;

    public Func<IReadOnlyList<MemberInfo>, IReadOnlyList<MemberInfo>> Members { get; set; } = static members => members;

    public Func<KeyNotice, KeyNotice> Notice { get; set; } = static notice => notice;

    /// <summary>What the answer to who leaves waits for.</summary>
    public Task Farewell { get; set; } = Task.CompletedTask;

    public Task<RoomRef> ReserveAsync(CancellationToken cancellationToken = default) => real.ReserveAsync(cancellationToken);

    public async Task<RoomInfo> CreateAsync(CreateRoom room, CancellationToken cancellationToken = default) => Room(await real.CreateAsync(room, cancellationToken));

    public async Task<RoomInfo> GetAsync(RoomRef room, CancellationToken cancellationToken = default) => Room(await real.GetAsync(room, cancellationToken));

    public IFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>> List() => new LyingFeed<KeyedSnapshot<RoomInfo>, KeyedChange<string, RoomInfo>>(
        real.List(), list => new([.. list.Items.Select(Room)]), change => change with { Put = change.Put?.Select(Room).ToList() });

    public async Task<RoomInfo> UpdateAsync(UpdateRoom update, CancellationToken cancellationToken = default) => Room(await real.UpdateAsync(update, cancellationToken));

    public Task<DeletedRooms> DeleteAsync(DeleteRooms rooms, CancellationToken cancellationToken = default) => real.DeleteAsync(rooms, cancellationToken);

    public async Task<JoinedRoom> JoinAsync(JoinRoom join, CancellationToken cancellationToken = default)
    {
        var joined = await real.JoinAsync(join, cancellationToken);
        return joined with { Room = Room(joined.Room) };
    }

    public Task<RoomLease> RefreshAsync(RoomRef room, CancellationToken cancellationToken = default) => real.RefreshAsync(room, cancellationToken);

    public async Task LeaveAsync(RoomRef room, CancellationToken cancellationToken = default)
    {
        await real.LeaveAsync(room, cancellationToken);
        await Farewell;
    }

    public IFeed<KeyedSnapshot<ParticipantInfo>, KeyedChange<string, ParticipantInfo>> Participants(RoomRef room) =>
        new LyingFeed<KeyedSnapshot<ParticipantInfo>, KeyedChange<string, ParticipantInfo>>(
            real.Participants(room), present => new([.. present.Items.Select(Participant)]), change => change with { Put = change.Put?.Select(Participant).ToList() });

    public IFeed<RoomInfo, RoomInfo> Watch(RoomRef room) => new LyingFeed<RoomInfo, RoomInfo>(real.Watch(room), info => Room(info), info => Room(info));

    public Task KickAsync(KickParticipant kick, CancellationToken cancellationToken = default) => real.KickAsync(kick, cancellationToken);

    public Task PardonAsync(RoomRef room, CancellationToken cancellationToken = default) => real.PardonAsync(room, cancellationToken);

    public async Task<RoomInfo> TransferAsync(TransferRoom transfer, CancellationToken cancellationToken = default) => Room(await real.TransferAsync(transfer, cancellationToken));

    public async Task<RoomInfo> RotateAsync(RotateRoom rotation, CancellationToken cancellationToken = default) => Room(await real.RotateAsync(rotation, cancellationToken));

    public Task AnnounceAsync(AnnounceMember member, CancellationToken cancellationToken = default) => real.AnnounceAsync(member, cancellationToken);

    public async IAsyncEnumerable<MemberInfo> MembersAsync(
        MembersQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var member in Members(await real.MembersAsync(query, cancellationToken).ToListAsync(cancellationToken)))
        {
            yield return member;
        }
    }

    public IAsyncEnumerable<KeyNotice> NoticesAsync(NoticesQuery query, CancellationToken cancellationToken = default) => real.NoticesAsync(query, cancellationToken).Select(Notice);
}
