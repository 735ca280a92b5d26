namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryRoomStore(MemoryState state) : IRoomStore
{
    public Task<string> GetEpochAsync(CancellationToken cancellationToken) => state.RunAsync(() => state.Epoch, cancellationToken);

    public Task<RoomResult> CreateAsync(NewRoom room, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(room);
        return state.RunAsync(
            () =>
            {
                if (state.Rooms.TryGetValue(room.Token, out var existing))
                {
                    return new RoomResult(RoomOutcome.Conflict, existing.Record);
                }

                if (HasAsMany(room.Owner, room.OwnerLimit))
                {
                    return new RoomResult(RoomOutcome.TooMany, null);
                }

                var created = new MemoryRoom(RoomEdits.Create(room, offset: 0));
                state.Rooms.Add(room.Token, created);
                return new RoomResult(RoomOutcome.Done, state.Save(created, created.Record));
            },
            cancellationToken);
    }

    public Task<RoomRecord?> GetAsync(string token, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(token, nameof(token));
        return state.RunAsync(() => state.Rooms.GetValueOrDefault(token)?.Record, cancellationToken);
    }

    public Task<OccupiedRoom?> GetOccupiedAsync(string token, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(token, nameof(token));
        return state.RunAsync(() => state.Rooms.GetValueOrDefault(token) is { } room ? new OccupiedRoom(room.Record, room.Present(now)) : null, cancellationToken);
    }

    public Task<RoomChanges> ListAsync(string owner, long since, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(owner, nameof(owner));
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxChanges, nameof(limit));
        return state.RunAsync(
            () =>
            {
                var feed = state.Owners.GetValueOrDefault(owner) ?? new MemoryOwner();
                if (since < 0 || since > feed.Head || (since > 0 && since < feed.Floor))
                {
                    return new RoomChanges(state.Epoch, feed.Head, [], More: false, SnapshotNeeded: true);
                }

                var rooms = feed.Rooms.Select(token => state.Rooms[token])
                    .Select(static room => new RoomChange(room.Record.Offset, room.Record.Token, room.Record, [.. room.InOrder]));
                var gone = feed.Tombstones.Where(_ => since > 0).Select(static tombstone => new RoomChange(tombstone.Offset, tombstone.Token, null, []));
                var changes = rooms.Concat(gone).Where(change => change.Offset > since).OrderBy(static change => change.Offset).ToList();
                var more = since > 0 && changes.Count > limit;
                changes = more ? changes[..limit] : changes;
                return new RoomChanges(state.Epoch, more ? changes[^1].Offset : feed.Head, changes, more, SnapshotNeeded: false);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListGoneAsync(string owner, long since, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(owner, nameof(owner));
        RoomRecordGuard.Time(since);
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return state.RunAsync<IReadOnlyList<string>>(
            () => [.. (state.Owners.GetValueOrDefault(owner)?.Tombstones ?? []).Where(tombstone => tombstone.DeletedAt >= since).Select(static tombstone => tombstone.Token).TakeLast(limit)],
            cancellationToken);
    }

    public Task<RoomResult> UpdateAsync(string token, RoomUpdate update, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(update);
        return ChangeAsync(token, now, room => RoomEdits.Apply(room, update, now), static (_, _) => { }, cancellationToken);
    }

    public Task<RoomResult> RotateAsync(string token, RoomRotation rotation, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(rotation);
        return ChangeAsync(
            token,
            now,
            room => RoomEdits.Apply(room, rotation, now),
            (room, _) =>
            {
                room.Notices.AddRange(rotation.Notices.Select(static notice => notice with { Payload = notice.Payload.ToArray() }));
                foreach (var user in rotation.RemovedUsers)
                {
                    room.Remove(user, rotation.Bar);
                }
            },
            cancellationToken);
    }

    public Task<RoomResult> TransferAsync(string token, RoomTransfer transfer, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(transfer);
        return ChangeAsync(
            token,
            now,
            room => RoomEdits.Apply(room, transfer, now),
            (_, old) => state.Bury(old, now),
            cancellationToken,
            () => HasAsMany(transfer.Owner, transfer.OwnerLimit));
    }

    public Task<IReadOnlyList<string>> DeleteAsync(string owner, IReadOnlyCollection<string> tokens, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(owner, nameof(owner));
        RoomRecordGuard.Ids(tokens, nameof(tokens));
        RoomRecordGuard.Time(now);
        return state.RunAsync<IReadOnlyList<string>>(
            () =>
            {
                var deleted = new List<string>();
                foreach (var token in tokens)
                {
                    if (state.Rooms.TryGetValue(token, out var room) && room.Record.Owner == owner)
                    {
                        state.Remove(room.Record, now);
                        deleted.Add(token);
                    }
                }

                return deleted;
            },
            cancellationToken);
    }

    public Task<RoomSweepResult> SweepAsync(RoomSweep sweep, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(sweep);
        return state.RunAsync(() => new MemorySweep(state, sweep).Run(), cancellationToken);
    }

    private bool HasAsMany(string owner, int limit) => state.Owners.GetValueOrDefault(owner)?.Rooms.Count >= limit;

    private Task<RoomResult> ChangeAsync(
        string token,
        long now,
        Func<RoomRecord, RoomRecord?> change,
        Action<MemoryRoom, RoomRecord> also,
        CancellationToken cancellationToken,
        Func<bool>? isTooMany = null)
    {
        RoomRecordGuard.Id(token, nameof(token));
        RoomRecordGuard.Time(now);
        return state.RunAsync(
            () =>
            {
                if (!state.Rooms.TryGetValue(token, out var room))
                {
                    return new RoomResult(RoomOutcome.NotFound, null);
                }

                if (change(room.Record) is not { } changed)
                {
                    return new RoomResult(RoomOutcome.Conflict, room.Record);
                }

                if (isTooMany?.Invoke() is true)
                {
                    return new RoomResult(RoomOutcome.TooMany, room.Record);
                }

                also(room, room.Record);
                return new RoomResult(RoomOutcome.Done, state.Save(room, changed));
            },
            cancellationToken);
    }
}
