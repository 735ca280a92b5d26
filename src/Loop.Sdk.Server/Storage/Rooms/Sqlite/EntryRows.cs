namespace Loop.Sdk.Server.Storage;

/// <summary>Reads and writes timeline entries, inside of a transaction.</summary>
internal static class EntryRows
{
    public const string Columns = "room, sequence, id, change, author, key, kind, payload, reply_to, created, edited, version, deleted";

    private const string Insert = $"INSERT INTO entries({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

    private const string Advance = """
        INSERT INTO timelines(room, last, head, last_time) VALUES (?1, 1, 1, ?2)
        ON CONFLICT (room) DO UPDATE SET last = last + 1, head = head + 1, last_time = max(last_time, excluded.last_time) RETURNING last, head, last_time
        """;

    private const string Change = "UPDATE entries SET change = ?3, payload = ?4, edited = ?5, version = ?6, deleted = ?7 WHERE room = ?1 AND sequence = ?2";

    public static EntryRecord? Find(SqliteSession session, string room, long sequence) =>
        session.Prepare($"SELECT {Columns} FROM entries WHERE room = ?1 AND sequence = ?2").Bind(room).Bind(sequence).First(Read);

    public static EntryRecord? FindByKey(SqliteSession session, NewEntry entry) =>
        session.Prepare($"SELECT {Columns} FROM entries WHERE room = ?1 AND author = ?2 AND key = ?3").Bind(entry.Room).Bind(entry.Author).Bind(entry.Key).First(Read);

    public static EntryRecord Add(SqliteSession session, NewEntry entry, long now)
    {
        var (sequence, head, time) = session.Prepare(Advance).Bind(entry.Room).Bind(now).First(static row => (row.Number(0), row.Number(1), row.Number(2)));
        var added = RoomEdits.Entry(entry, sequence, head, time);
        session.Prepare(Insert).Bind(added.Room).Bind(added.Sequence).Bind(added.Id).Bind(added.Offset).Bind(added.Author).Bind(added.Key).Bind(added.Kind)
            .Bind(added.Payload).Bind(added.ReplyTo).Bind(added.CreatedAt).Bind(added.EditedAt).Bind(added.Version).Bind(added.Deleted).Run();
        return added;
    }

    /// <summary>Keeps a changed entry under the next offset of its timeline.</summary>
    public static EntryRecord Save(SqliteSession session, EntryRecord entry)
    {
        var head = session.Prepare("UPDATE timelines SET head = head + 1 WHERE room = ?1 RETURNING head").Bind(entry.Room).First(static row => row.Number(0));
        var saved = entry with { Offset = head };
        session.Prepare(Change).Bind(saved.Room).Bind(saved.Sequence).Bind(saved.Offset).Bind(saved.Payload).Bind(saved.EditedAt).Bind(saved.Version).Bind(saved.Deleted).Run();
        return saved;
    }

    public static EntryRecord Read(SqliteStatement row) => new()
    {
        Room = row.Text(0),
        Sequence = row.Number(1),
        Id = row.Text(2),
        Offset = row.Number(3),
        Author = row.Text(4),
        Key = row.Text(5),
        Kind = row.Text(6),
        Payload = row.Blob(7),
        ReplyTo = row.IsNull(8) ? null : row.Number(8),
        CreatedAt = row.Number(9),
        EditedAt = row.IsNull(10) ? null : row.Number(10),
        Version = row.Number(11),
        Deleted = row.Flag(12),
    };
}
