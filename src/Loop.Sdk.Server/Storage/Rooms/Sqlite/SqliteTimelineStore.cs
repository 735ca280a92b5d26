namespace Loop.Sdk.Server.Storage;

internal sealed class SqliteTimelineStore(SqliteDatabase database) : ITimelineStore
{
    private const string Bounds = """
        SELECT coalesce(t.last, 0), coalesce(t.head, 0), coalesce((SELECT min(sequence) FROM entries WHERE room = r.token), coalesce(t.last, 0) + 1)
        FROM rooms r LEFT JOIN timelines t ON t.room = r.token WHERE r.token = ?1
        """;

    private const string Changes = $"SELECT {EntryRows.Columns} FROM entries WHERE room = ?1 AND change > ?2 ORDER BY change LIMIT ?3";

    private const string Back = $"SELECT {EntryRows.Columns} FROM entries WHERE room = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3";

    private const string Prune = """
        DELETE FROM entries WHERE room = ?1 AND sequence <= max(
            (SELECT last FROM timelines WHERE room = ?1) - ?2,
            coalesce((SELECT max(sequence) FROM entries WHERE room = ?1 AND created < ?3), 0))
        """;

    private const string Sweep =
        "DELETE FROM entries WHERE rowid IN (SELECT rowid FROM entries WHERE created < ?1 ORDER BY created, room, sequence LIMIT ?2)";

    private static readonly EntryResult NotFound = new(EntryOutcome.NotFound, null);

    public Task<EntryResult> AppendAsync(NewEntry entry, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(entry);
        RoomRecordGuard.Time(now);
        return database.WriteAsync(
            session => !RoomRows.IsAlive(session, entry.Room, now) ? NotFound
                : EntryRows.FindByKey(session, entry) is { } known ? new EntryResult(EntryOutcome.AlreadyDone, known)
                : new EntryResult(EntryOutcome.Done, EntryRows.Add(session, entry, now)),
            cancellationToken);
    }

    public Task<EntryResult> EditAsync(EntryEdit edit, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(edit);
        RoomRecordGuard.Time(now);
        return database.WriteAsync(
            session => !RoomRows.IsAlive(session, edit.Room, now) || EntryRows.Find(session, edit.Room, edit.Sequence) is not { } entry ? NotFound
                : entry.Deleted || edit.Version != entry.Version + 1 ? new EntryResult(EntryOutcome.Conflict, entry)
                : new EntryResult(EntryOutcome.Done, EntryRows.Save(session, entry with { Payload = edit.Payload.ToArray(), Version = edit.Version, EditedAt = now })),
            cancellationToken);
    }

    public Task<EntryResult> DeleteAsync(string room, long sequence, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Time(now);
        return database.WriteAsync(
            session => !RoomRows.IsAlive(session, room, now) || EntryRows.Find(session, room, sequence) is not { } entry ? NotFound
                : entry.Deleted ? new EntryResult(EntryOutcome.AlreadyDone, entry)
                : new EntryResult(EntryOutcome.Done, EntryRows.Save(session, entry with { Payload = default, Deleted = true, Version = entry.Version + 1, EditedAt = now })),
            cancellationToken);
    }

    public Task<EntryRecord?> GetAsync(string room, long sequence, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return database.ReadAsync(session => EntryRows.Find(session, room, sequence), cancellationToken);
    }

    public Task<TimelinePage?> ReadChangesAsync(string room, long since, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return database.ReadAsync(session => Page(session, room, Changes, since, limit, static (since, head) => since < 0 || since > head), cancellationToken);
    }

    public Task<TimelinePage?> ReadBackAsync(string room, long before, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return database.ReadAsync(session => Page(session, room, Back, before, limit, static (_, _) => false), cancellationToken);
    }

    public Task<int> PruneAsync(string room, long keep, long createdBefore, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Range(keep, 0, long.MaxValue, nameof(keep));
        return database.WriteAsync(session => session.Prepare(Prune).Bind(room).Bind(keep).Bind(createdBefore).Run(), cancellationToken);
    }

    public Task<int> SweepAsync(long createdBefore, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return database.WriteAsync(session => session.Prepare(Sweep).Bind(createdBefore).Bind(limit).Run(), cancellationToken);
    }

    private static TimelinePage? Page(SqliteSession session, string room, string sql, long from, int limit, Func<long, long, bool> isForeign)
    {
        (long Last, long Head, long First)? bounds = session.Prepare(Bounds).Bind(room).First<(long, long, long)?>(static row => (row.Number(0), row.Number(1), row.Number(2)));
        if (bounds is not { } timeline)
        {
            return null;
        }

        if (isForeign(from, timeline.Head))
        {
            return new TimelinePage([], timeline.Head, timeline.First, timeline.Last, More: false, SnapshotNeeded: true);
        }

        var entries = session.Prepare(sql).Bind(room).Bind(from).Bind(limit + 1L).ToList(EntryRows.Read);
        var more = entries.Count > limit;
        if (more)
        {
            entries.RemoveAt(limit);
        }

        return new TimelinePage(entries, timeline.Head, timeline.First, timeline.Last, more, SnapshotNeeded: false);
    }
}
