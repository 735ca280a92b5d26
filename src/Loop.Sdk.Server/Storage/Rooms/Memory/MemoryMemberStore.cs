namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryMemberStore(MemoryState state) : IMemberStore
{
    public Task<MemberOutcome> AnnounceAsync(MemberRecord member, string? participant, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(member);
        RoomRecordGuard.Time(now);
        return state.RunAsync(
            () =>
            {
                if (state.Find(member.Room, now) is not { } room)
                {
                    return MemberOutcome.NotFound;
                }

                var outcome = room.Announce(member, now);
                var index = room.Participants.FindIndex(present => present.Id == participant && present.User == member.User && present.Member != member.Id);
                if (outcome is MemberOutcome.Done or MemberOutcome.AlreadyDone && index >= 0)
                {
                    room.Participants[index] = room.Participants[index] with { Member = member.Id };
                    state.Save(room, RoomEdits.Touch(room.Record, now));
                }

                return outcome;
            },
            cancellationToken);
    }

    public Task<MemberRecord?> FindAsync(string room, string member, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(member, nameof(member));
        return state.RunAsync(() => state.Rooms.GetValueOrDefault(room)?.Members.Values.Where(known => known.Id == member).MaxBy(static known => known.Epoch), cancellationToken);
    }

    public Task<IReadOnlyList<MemberRecord>> ListAsync(string room, int epoch, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return state.RunAsync<IReadOnlyList<MemberRecord>>(
            () => state.Rooms.GetValueOrDefault(room) is { } found
                ? [.. found.Members.Values.Where(member => member.Epoch == epoch).OrderBy(static member => member.Id, StringComparer.Ordinal)]
                : [],
            cancellationToken);
    }

    public Task<bool> PutGuestAsync(GuestRecord guest, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(guest);
        return state.RunAsync(
            () =>
            {
                if (state.Rooms.GetValueOrDefault(guest.Room) is not { } room)
                {
                    return false;
                }

                room.Guests[guest.Id] = guest with { SecretHash = guest.SecretHash.ToArray() };
                return true;
            },
            cancellationToken);
    }

    public Task<GuestRecord?> GetGuestAsync(string room, string id, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        return state.RunAsync(
            () => state.Rooms.GetValueOrDefault(room)?.Guests.GetValueOrDefault(id) is { } guest && guest.ExpiresAt > now ? guest : null, cancellationToken);
    }

    public Task<bool> RemoveGuestAsync(string room, string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        return state.RunAsync(() => state.Rooms.GetValueOrDefault(room)?.Guests.Remove(id) ?? false, cancellationToken);
    }

    public Task<IReadOnlyList<RotationNotice>> ListNoticesAsync(string room, string member, int sinceEpoch, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(member, nameof(member));
        return state.RunAsync<IReadOnlyList<RotationNotice>>(
            () => state.Rooms.GetValueOrDefault(room) is { } found
                ? [.. found.Notices.Where(notice => notice.Member == member && notice.Epoch > sinceEpoch).OrderBy(static notice => notice.Epoch)]
                : [],
            cancellationToken);
    }
}
