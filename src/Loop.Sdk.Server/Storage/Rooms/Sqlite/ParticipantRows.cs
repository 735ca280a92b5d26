namespace Loop.Sdk.Server.Storage;

/// <summary>Reads and writes participations, inside of a transaction.</summary>
internal static class ParticipantRows
{
    public const string Columns = "p.room, p.id, p.user, p.session, p.display_name, p.client_max_size, p.joined, p.expires, p.member";

    private const string InRoom = $"SELECT {Columns} FROM participants p WHERE p.room = ?1 ORDER BY p.joined, p.id";

    private const string One = $"SELECT {Columns} FROM participants p WHERE p.room = ?1 AND p.id = ?2";

    private const string Insert =
        "INSERT INTO participants(room, id, user, session, display_name, client_max_size, joined, expires, member) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    private const string Change =
        "UPDATE participants SET id = ?3, display_name = ?4, client_max_size = ?5, joined = ?6, expires = ?7, member = ?8 WHERE room = ?1 AND id = ?2";

    public static List<ParticipantRecord> List(SqliteSession session, string room) => session.Prepare(InRoom).Bind(room).ToList(Read);

    /// <summary>Those who have not expired.</summary>
    public static List<ParticipantRecord> ListPresent(SqliteSession session, string room, long now) => List(session, room).FindAll(participant => participant.ExpiresAt > now);

    public static ParticipantRecord? Find(SqliteSession session, string room, string id) => session.Prepare(One).Bind(room).Bind(id).First(Read);

    public static void Add(SqliteSession session, ParticipantRecord participant) => session.Prepare(Insert)
        .Bind(participant.Room).Bind(participant.Id).Bind(participant.User).Bind(participant.Session).Bind(participant.DisplayName)
        .Bind(participant.ClientMaxSize).Bind(participant.JoinedAt).Bind(participant.ExpiresAt).Bind(participant.Member).Run();

    /// <summary>Puts a participation in the place of another one of the same user and session. Cheaper than to remove it and to add the new one.</summary>
    public static void Replace(SqliteSession session, string id, ParticipantRecord participant) => session.Prepare(Change)
        .Bind(participant.Room).Bind(id).Bind(participant.Id).Bind(participant.DisplayName)
        .Bind(participant.ClientMaxSize).Bind(participant.JoinedAt).Bind(participant.ExpiresAt).Bind(participant.Member).Run();

    public static void Remove(SqliteSession session, string room, string id) =>
        session.Prepare("DELETE FROM participants WHERE room = ?1 AND id = ?2").Bind(room).Bind(id).Run();

    /// <summary>Removes a user's participations and credential.</summary>
    public static List<ParticipantRecord> RemoveUser(SqliteSession session, string room, string user, bool bar)
    {
        var removed = List(session, room).FindAll(participant => participant.User == user);
        removed.ForEach(participant => Remove(session, room, participant.Id));
        if (GuestRecord.IdOf(user) is { } guest)
        {
            session.Prepare("DELETE FROM guests WHERE room = ?1 AND id = ?2").Bind(room).Bind(guest).Run();
        }

        if (bar)
        {
            session.Prepare("INSERT OR IGNORE INTO bars(room, user) VALUES (?1, ?2)").Bind(room).Bind(user).Run();
        }

        return removed;
    }

    public static bool IsBarred(SqliteSession session, string room, string user) =>
        session.Prepare("SELECT 1 FROM bars WHERE room = ?1 AND user = ?2").Bind(room).Bind(user).First(static _ => true);

    public static ParticipantRecord Read(SqliteStatement row) => new()
    {
        Room = row.Text(0),
        Id = row.Text(1),
        User = row.Text(2),
        Session = row.Text(3),
        DisplayName = row.Text(4),
        ClientMaxSize = row.Int(5),
        JoinedAt = row.Number(6),
        ExpiresAt = row.Number(7),
        Member = row.TextOrNull(8),
    };
}
