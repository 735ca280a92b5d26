namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryTimelineStore(MemoryState state) : ITimelineStore
{
    private static readonly EntryResult NotFound = new(EntryOutcome.NotFound, null);

    public Task<EntryResult> AppendAsync(NewEntry entry, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(entry);
        RoomRecordGuard.Time(now);
        return state.RunAsync(
            () =>
            {
                if (state.Find(entry.Room, now)?.Timeline is not { } timeline)
                {
                    return NotFound;
                }

                if (timeline.Keys.TryGetValue((entry.Author, entry.Key), out var known))
                {
                    return new EntryResult(EntryOutcome.AlreadyDone, timeline.Entries[known]);
                }

                timeline.LastTime = Math.Max(timeline.LastTime, now);
                var added = RoomEdits.Entry(entry, ++timeline.Last, ++timeline.Head, timeline.LastTime);
                timeline.Entries.Add(added.Sequence, added);
                timeline.Keys.Add((added.Author, added.Key), added.Sequence);
                return new EntryResult(EntryOutcome.Done, added);
            },
            cancellationToken);
    }

    public Task<EntryResult> EditAsync(EntryEdit edit, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(edit);
        RoomRecordGuard.Time(now);
        return ChangeAsync(
            edit.Room,
            edit.Sequence,
            now,
            entry => entry.Deleted || edit.Version != entry.Version + 1
                ? (EntryOutcome.Conflict, entry)
                : (EntryOutcome.Done, entry with { Payload = edit.Payload.ToArray(), Version = edit.Version, EditedAt = now }),
            cancellationToken);
    }

    public Task<EntryResult> DeleteAsync(string room, long sequence, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Time(now);
        return ChangeAsync(
            room,
            sequence,
            now,
            entry => entry.Deleted
                ? (EntryOutcome.AlreadyDone, entry)
                : (EntryOutcome.Done, entry with { Payload = default, Deleted = true, Version = entry.Version + 1, EditedAt = now }),
            cancellationToken);
    }

    public Task<EntryRecord?> GetAsync(string room, long sequence, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return state.RunAsync(() => Timeline(room)?.Entries.GetValueOrDefault(sequence), cancellationToken);
    }

    public Task<TimelinePage?> ReadChangesAsync(string room, long since, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return state.RunAsync(
            () => Timeline(room) is not { } timeline ? null
                : since < 0 || since > timeline.Head ? Page(timeline, [], limit, snapshotNeeded: true)
                : Page(timeline, timeline.Entries.Values.Where(entry => entry.Offset > since).OrderBy(static entry => entry.Offset), limit, snapshotNeeded: false),
            cancellationToken);
    }

    public Task<TimelinePage?> ReadBackAsync(string room, long before, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return state.RunAsync(
            () => Timeline(room) is { } timeline
                ? Page(timeline, timeline.Entries.Values.Reverse().SkipWhile(entry => entry.Sequence >= before), limit, snapshotNeeded: false)
                : null,
            cancellationToken);
    }

    public Task<int> PruneAsync(string room, long keep, long createdBefore, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Range(keep, 0, long.MaxValue, nameof(keep));
        return state.RunAsync(
            () =>
            {
                if (Timeline(room) is not { } timeline)
                {
                    return 0;
                }

                return timeline.Remove(timeline.Entries.Values.Where(entry => entry.Sequence <= timeline.Last - keep || entry.CreatedAt < createdBefore));
            },
            cancellationToken);
    }

    public Task<int> SweepAsync(long createdBefore, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return state.RunAsync(
            () => state.Rooms.Values.SelectMany(static room => room.Timeline.Entries.Values).Where(entry => entry.CreatedAt < createdBefore)
                .OrderBy(static entry => entry.CreatedAt).ThenBy(static entry => entry.Room, StringComparer.Ordinal).ThenBy(static entry => entry.Sequence).Take(limit)
                .ToLookup(static entry => entry.Room).Sum(room => state.Rooms[room.Key].Timeline.Remove(room)),
            cancellationToken);
    }

    private static TimelinePage? Page(MemoryTimeline timeline, IEnumerable<EntryRecord> entries, int limit, bool snapshotNeeded)
    {
        var page = entries.Take(limit + 1).ToList();
        return new TimelinePage([.. page.Take(limit)], timeline.Head, timeline.First, timeline.Last, page.Count > limit, snapshotNeeded);
    }

    private MemoryTimeline? Timeline(string room) => state.Rooms.GetValueOrDefault(room)?.Timeline;

    private Task<EntryResult> ChangeAsync(
        string room, long sequence, long now, Func<EntryRecord, (EntryOutcome Outcome, EntryRecord Entry)> change, CancellationToken cancellationToken) => state.RunAsync(
            () =>
            {
                if (state.Find(room, now)?.Timeline is not { } timeline || !timeline.Entries.TryGetValue(sequence, out var entry))
                {
                    return NotFound;
                }

                var (outcome, changed) = change(entry);
                if (outcome is EntryOutcome.Done)
                {
                    changed = changed with { Offset = ++timeline.Head };
                    timeline.Entries[sequence] = changed;
                }

                return new EntryResult(outcome, changed);
            },
            cancellationToken);
}
