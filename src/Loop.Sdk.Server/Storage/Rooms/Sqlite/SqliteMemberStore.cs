namespace Loop.Sdk.Server.Storage;

internal sealed class SqliteMemberStore(SqliteDatabase database) : IMemberStore
{
    private const string SetMember = "UPDATE participants SET member = ?4 WHERE room = ?1 AND id = ?2 AND user = ?3 AND member IS NOT ?4";

    public Task<MemberOutcome> AnnounceAsync(MemberRecord member, string? participant, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(member);
        RoomRecordGuard.Time(now);
        return database.WriteAsync(
            session =>
            {
                if (RoomRows.Find(session, member.Room) is not { } room || room.ExpiresAt <= now)
                {
                    return MemberOutcome.NotFound;
                }

                var outcome = MemberRows.Announce(session, member, now);
                if (outcome is MemberOutcome.Done or MemberOutcome.AlreadyDone
                    && session.Prepare(SetMember).Bind(member.Room).Bind(participant).Bind(member.User).Bind(member.Id).Run() > 0)
                {
                    RoomRows.SaveTouch(session, RoomEdits.Touch(room, now));
                }

                return outcome;
            },
            cancellationToken);
    }

    public Task<MemberRecord?> FindAsync(string room, string member, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(member, nameof(member));
        return database.ReadOneAsync(session => MemberRows.Newest(session, room, member), cancellationToken);
    }

    public Task<IReadOnlyList<MemberRecord>> ListAsync(string room, int epoch, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return database.ReadOneAsync<IReadOnlyList<MemberRecord>>(
            session => session.Prepare("SELECT id, user, version, announcement FROM members WHERE room = ?1 AND epoch = ?2 ORDER BY id").Bind(room).Bind(epoch)
                .ToList(row => new MemberRecord(room, epoch, row.Text(0), row.Text(1), row.Number(2), row.Blob(3))),
            cancellationToken);
    }

    public Task<bool> PutGuestAsync(GuestRecord guest, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(guest);
        return database.WriteAsync(session => RoomRows.Exists(session, guest.Room) && MemberRows.PutGuest(session, guest), cancellationToken);
    }

    public Task<GuestRecord?> GetGuestAsync(string room, string id, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        return database.ReadOneAsync(
            session => session.Prepare("SELECT secret_hash, created, expires FROM guests WHERE room = ?1 AND id = ?2 AND expires > ?3").Bind(room).Bind(id).Bind(now)
                .First(row => new GuestRecord(room, id, row.Blob(0), row.Number(1), row.Number(2))),
            cancellationToken);
    }

    public Task<bool> RemoveGuestAsync(string room, string id, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        return database.WriteAsync(
            session => session.Prepare("DELETE FROM guests WHERE room = ?1 AND id = ?2").Bind(room).Bind(id).Run() > 0, cancellationToken);
    }

    public Task<IReadOnlyList<RotationNotice>> ListNoticesAsync(string room, string member, int sinceEpoch, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(member, nameof(member));
        return database.ReadOneAsync<IReadOnlyList<RotationNotice>>(
            session => session.Prepare("SELECT epoch, author, payload FROM notices WHERE room = ?1 AND member = ?2 AND epoch > ?3 ORDER BY epoch")
                .Bind(room).Bind(member).Bind(sinceEpoch).ToList(row => new RotationNotice(member, row.Int(0), row.Text(1), row.Blob(2))),
            cancellationToken);
    }
}
