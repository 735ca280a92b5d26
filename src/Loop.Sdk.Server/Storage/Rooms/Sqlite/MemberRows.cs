namespace Loop.Sdk.Server.Storage;

/// <summary>Reads and writes announcements and guests' credentials, inside of a transaction.</summary>
internal static class MemberRows
{
    private const string Columns = "room, epoch, id, user, version, announcement";

    private const string One = $"SELECT {Columns} FROM members WHERE room = ?1 AND epoch = ?2 AND id = ?3";

    private const string NewestOne = $"SELECT {Columns} FROM members WHERE room = ?1 AND id = ?2 ORDER BY epoch DESC LIMIT 1";

    private const string Put = """
        INSERT INTO members(room, epoch, id, user, version, announcement) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (room, epoch, id) DO UPDATE SET user = excluded.user, version = excluded.version, announcement = excluded.announcement
        """;

    private const string Counts = "SELECT count(*), count(*) FILTER (WHERE user = ?3) FROM members WHERE room = ?1 AND epoch = ?2";

    private const string Others = "SELECT DISTINCT user FROM members WHERE room = ?1 AND id = ?2 AND user <> ?3";

    private const string PutCredential = """
        INSERT INTO guests(room, id, secret_hash, created, expires) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (room, id) DO UPDATE SET secret_hash = excluded.secret_hash, created = excluded.created, expires = excluded.expires
        """;

    public static MemberRecord? Newest(SqliteSession session, string room, string member) => session.Prepare(NewestOne).Bind(room).Bind(member).First(Read);

    /// <summary>Keeps an announcement, if it may be.</summary>
    public static MemberOutcome Announce(SqliteSession session, MemberRecord member, long now)
    {
        var known = session.Prepare(One).Bind(member.Room).Bind(member.Epoch).Bind(member.Id).First(Read);
        var (ofEpoch, ofUser) = known is not null ? default
            : session.Prepare(Counts).Bind(member.Room).Bind(member.Epoch).Bind(member.User).First(static row => (row.Number(0), row.Number(1)));
        var outcome = MemberRules.Decide(member, known, IsTaken(session, member, now), ofEpoch, ofUser);
        if (outcome is MemberOutcome.Done or MemberOutcome.AlreadyDone)
        {
            session.Prepare(Put).Bind(member.Room).Bind(member.Epoch).Bind(member.Id).Bind(member.User).Bind(member.Version).Bind(member.Announcement).Run();
        }

        return outcome;
    }

    public static bool PutGuest(SqliteSession session, GuestRecord guest) =>
        session.Prepare(PutCredential).Bind(guest.Room).Bind(guest.Id).Bind(guest.SecretHash).Bind(guest.CreatedAt).Bind(guest.ExpiresAt).Run() > 0;

    public static MemberRecord Read(SqliteStatement row) => new(row.Text(0), row.Int(1), row.Text(2), row.Text(3), row.Number(4), row.Blob(5));

    private static bool IsTaken(SqliteSession session, MemberRecord member, long now) =>
        session.Prepare(Others).Bind(member.Room).Bind(member.Id).Bind(member.User).ToList(static row => row.Text(0))
            .Exists(user => GuestRecord.IdOf(user) is not { } guest
                || session.Prepare("SELECT 1 FROM guests WHERE room = ?1 AND id = ?2 AND expires > ?3").Bind(member.Room).Bind(guest).Bind(now).First(static _ => true));
}
