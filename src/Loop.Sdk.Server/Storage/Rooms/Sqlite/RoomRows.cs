namespace Loop.Sdk.Server.Storage;

/// <summary>Reads and writes rooms and their owners' feeds, inside of a transaction.</summary>
internal static class RoomRows
{
    public const string Columns =
        "token, owner, change, version, created, updated, expires, max_size, locked, room_name, owner_name, channel, context, context_algorithm, context_version, context_author, wrapped_key, epoch, fixed_expiry";

    private const string Select = $"SELECT {Columns} FROM rooms WHERE token = ?1";

    private const string Insert = $"INSERT INTO rooms({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";

    private const string Replace = """
        UPDATE rooms SET owner = ?2, change = ?3, version = ?4, created = ?5, updated = ?6, expires = ?7, max_size = ?8, locked = ?9, room_name = ?10, owner_name = ?11,
        channel = ?12, context = ?13, context_algorithm = ?14, context_version = ?15, context_author = ?16, wrapped_key = ?17, epoch = ?18, fixed_expiry = ?19 WHERE token = ?1
        """;

    private const string Touch = "UPDATE rooms SET change = ?2, updated = ?3, expires = ?4 WHERE token = ?1";

    private const string NextOffset = "INSERT INTO owners VALUES (?1, 1, 0) ON CONFLICT (account) DO UPDATE SET head = head + 1 RETURNING head";

    public static RoomRecord? Find(SqliteSession session, string token) => session.Prepare(Select).Bind(token).First(Read);

    public static bool Exists(SqliteSession session, string token) => session.Prepare("SELECT 1 FROM rooms WHERE token = ?1").Bind(token).First(static _ => true);

    /// <summary>Whether there is such a room, and it has not expired.</summary>
    public static bool IsAlive(SqliteSession session, string token, long now) =>
        session.Prepare("SELECT 1 FROM rooms WHERE token = ?1 AND expires > ?2").Bind(token).Bind(now).First(static _ => true);

    /// <summary>Whether an owner has at least so many rooms.</summary>
    public static bool HasAsMany(SqliteSession session, string owner, int limit) =>
        limit < int.MaxValue
        && session.Prepare("SELECT count(*) FROM (SELECT 1 FROM rooms WHERE owner = ?1 LIMIT ?2)").Bind(owner).Bind(limit).First(static row => row.Number(0)) >= limit;

    public static RoomRecord Add(SqliteSession session, NewRoom room)
    {
        var added = RoomEdits.Create(room, Next(session, room.Owner));
        Write(session.Prepare(Insert), added);
        return added;
    }

    /// <summary>Keeps a changed room under the next offset of its owner's feed.</summary>
    public static RoomRecord Save(SqliteSession session, RoomRecord room)
    {
        var saved = room with { Offset = Next(session, room.Owner) };
        Write(session.Prepare(Replace), saved);
        return saved;
    }

    /// <summary>Keeps that somebody came or went; cheaper than keeping all of the room again.</summary>
    public static RoomRecord SaveTouch(SqliteSession session, RoomRecord room)
    {
        var saved = room with { Offset = Next(session, room.Owner) };
        session.Prepare(Touch).Bind(saved.Token).Bind(saved.Offset).Bind(saved.UpdatedAt).Bind(saved.ExpiresAt).Run();
        return saved;
    }

    public static void Remove(SqliteSession session, RoomRecord room, long now)
    {
        session.Prepare("DELETE FROM rooms WHERE token = ?1").Bind(room.Token).Run();
        Bury(session, room, now);
    }

    /// <summary>Leaves a tombstone in the owner's feed.</summary>
    public static void Bury(SqliteSession session, RoomRecord room, long now) =>
        session.Prepare("INSERT INTO tombstones(owner, change, token, deleted) VALUES (?1, ?2, ?3, ?4)")
            .Bind(room.Owner).Bind(Next(session, room.Owner)).Bind(room.Token).Bind(now).Run();

    public static RoomRecord Read(SqliteStatement row) => new()
    {
        Token = row.Text(0),
        Owner = row.Text(1),
        Offset = row.Number(2),
        Version = row.Number(3),
        CreatedAt = row.Number(4),
        UpdatedAt = row.Number(5),
        ExpiresAt = row.Number(6),
        MaxSize = row.Int(7),
        Locked = row.Flag(8),
        RoomName = row.TextOrNull(9),
        OwnerName = row.TextOrNull(10),
        Channel = row.TextOrNull(11),
        Context = row.IsNull(12) ? null : new SealedContext(row.Text(12), row.Text(13), row.Number(14), row.TextOrNull(15)),
        WrappedKey = row.TextOrNull(16),
        Epoch = row.Int(17),
        FixedExpiry = row.Flag(18),
    };

    private static long Next(SqliteSession session, string owner) => session.Prepare(NextOffset).Bind(owner).First(static row => row.Number(0));

    private static void Write(SqliteStatement statement, RoomRecord room) => statement
        .Bind(room.Token).Bind(room.Owner).Bind(room.Offset).Bind(room.Version).Bind(room.CreatedAt).Bind(room.UpdatedAt).Bind(room.ExpiresAt)
        .Bind(room.MaxSize).Bind(room.Locked).Bind(room.RoomName).Bind(room.OwnerName).Bind(room.Channel)
        .Bind(room.Context?.Value).Bind(room.Context?.Algorithm).Bind(room.Context?.Version).Bind(room.Context?.Author)
        .Bind(room.WrappedKey).Bind(room.Epoch).Bind(room.FixedExpiry).Run();
}
