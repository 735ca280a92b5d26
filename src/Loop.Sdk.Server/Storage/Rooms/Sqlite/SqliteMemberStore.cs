namespace Loop.Sdk.Server.Storage;

internal sealed class SqliteMemberStore(SqliteDatabase database) : IMemberStore
{
    private const string Announce = """
        INSERT INTO members(room, epoch, id, user, version, announcement) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (room, epoch, id) DO UPDATE SET user = excluded.user, version = excluded.version, announcement = excluded.announcement WHERE excluded.version > version
        """;

    private const string PutGuest = """
        INSERT INTO guests(room, id, secret_hash, created, expires) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (room, id) DO UPDATE SET secret_hash = excluded.secret_hash, created = excluded.created, expires = excluded.expires
        """;

    public Task<MemberOutcome> AnnounceAsync(MemberRecord member, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(member);
        return database.WriteAsync(
            session => !RoomRows.Exists(session, member.Room) ? MemberOutcome.NotFound
                : session.Prepare(Announce).Bind(member.Room).Bind(member.Epoch).Bind(member.Id).Bind(member.User).Bind(member.Version).Bind(member.Announcement).Run() == 0
                    ? MemberOutcome.Stale
                    : MemberOutcome.Done,
            cancellationToken);
    }

    public Task<IReadOnlyList<MemberRecord>> ListAsync(string room, int epoch, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return database.ReadAsync<IReadOnlyList<MemberRecord>>(
            session => session.Prepare("SELECT id, user, version, announcement FROM members WHERE room = ?1 AND epoch = ?2 ORDER BY id").Bind(room).Bind(epoch)
                .ToList(row => new MemberRecord(room, epoch, row.Text(0), row.Text(1), row.Number(2), row.Blob(3))),
            cancellationToken);
    }

    public Task<bool> PutGuestAsync(GuestRecord guest, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(guest);
        return database.WriteAsync(
            session => RoomRows.Exists(session, guest.Room)
                && session.Prepare(PutGuest).Bind(guest.Room).Bind(guest.Id).Bind(guest.SecretHash).Bind(guest.CreatedAt).Bind(guest.ExpiresAt).Run() > 0,
            cancellationToken);
    }

    public Task<GuestRecord?> GetGuestAsync(string room, string id, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        return database.ReadAsync(
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
        return database.ReadAsync<IReadOnlyList<RotationNotice>>(
            session => session.Prepare("SELECT epoch, author, payload FROM notices WHERE room = ?1 AND member = ?2 AND epoch > ?3 ORDER BY epoch")
                .Bind(room).Bind(member).Bind(sinceEpoch).ToList(row => new RotationNotice(member, row.Int(0), row.Text(1), row.Blob(2))),
            cancellationToken);
    }
}
