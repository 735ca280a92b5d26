namespace Loop.Sdk.Server.Storage;

internal sealed class SqliteRoomStore(SqliteDatabase database) : IRoomStore
{
    public Task<string> GetEpochAsync(CancellationToken cancellationToken) => database.ReadOneAsync(RoomFeedReader.ReadEpoch, cancellationToken);

    public Task<RoomResult> CreateAsync(NewRoom room, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(room);
        return database.WriteAsync(
            session => RoomRows.Find(session, room.Token) is { } existing
                ? new RoomResult(RoomOutcome.Conflict, existing)
                : RoomRows.HasAsMany(session, room.Owner, room.OwnerLimit) ? new RoomResult(RoomOutcome.TooMany, null)
                : new RoomResult(RoomOutcome.Done, RoomRows.Add(session, room)),
            cancellationToken);
    }

    public Task<RoomRecord?> GetAsync(string token, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(token, nameof(token));
        return database.ReadOneAsync(session => RoomRows.Find(session, token), cancellationToken);
    }

    public Task<OccupiedRoom?> GetOccupiedAsync(string token, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(token, nameof(token));
        return database.ReadAsync(
            session => RoomRows.Find(session, token) is { } room ? new OccupiedRoom(room, ParticipantRows.ListPresent(session, token, now)) : null, cancellationToken);
    }

    public Task<RoomChanges> ListAsync(string owner, long since, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(owner, nameof(owner));
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxChanges, nameof(limit));
        return database.ReadAsync(session => RoomFeedReader.Read(session, owner, since, limit), cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListGoneAsync(string owner, long since, int limit, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(owner, nameof(owner));
        RoomRecordGuard.Time(since);
        RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, nameof(limit));
        return database.ReadOneAsync<IReadOnlyList<string>>(session => RoomFeedReader.ReadGone(session, owner, since, limit), cancellationToken);
    }

    public Task<RoomResult> UpdateAsync(string token, RoomUpdate update, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(update);
        return ChangeAsync(token, now, room => RoomEdits.Apply(room, update, now), static (_, _) => { }, cancellationToken);
    }

    public Task<RoomResult> RotateAsync(string token, RoomRotation rotation, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(rotation);
        return ChangeAsync(token, now, room => RoomEdits.Apply(room, rotation, now), (session, room) => Follow(session, room.Token, rotation), cancellationToken);
    }

    public Task<RoomResult> TransferAsync(string token, RoomTransfer transfer, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(transfer);
        return ChangeAsync(
            token,
            now,
            room => RoomEdits.Apply(room, transfer, now),
            (session, old) => RoomRows.Bury(session, old, now),
            cancellationToken,
            session => RoomRows.HasAsMany(session, transfer.Owner, transfer.OwnerLimit));
    }

    public Task<IReadOnlyList<string>> DeleteAsync(string owner, IReadOnlyCollection<string> tokens, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(owner, nameof(owner));
        RoomRecordGuard.Ids(tokens, nameof(tokens));
        RoomRecordGuard.Time(now);
        return database.WriteAsync<IReadOnlyList<string>>(
            session =>
            {
                var deleted = new List<string>();
                foreach (var token in tokens)
                {
                    if (RoomRows.Find(session, token) is { } room && room.Owner == owner)
                    {
                        RoomRows.Remove(session, room, now);
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
        return database.WriteAsync(session => new RoomSweeper(session, sweep).Run(), cancellationToken);
    }

    private static void Follow(SqliteSession session, string token, RoomRotation rotation)
    {
        foreach (var notice in rotation.Notices)
        {
            session.Prepare("INSERT INTO notices(room, member, epoch, author, payload) VALUES (?1, ?2, ?3, ?4, ?5)")
                .Bind(token).Bind(notice.Member).Bind(notice.Epoch).Bind(notice.Author).Bind(notice.Payload).Run();
        }

        foreach (var user in rotation.RemovedUsers)
        {
            ParticipantRows.RemoveUser(session, token, user, rotation.Bar);
        }
    }

    private Task<RoomResult> ChangeAsync(
        string token,
        long now,
        Func<RoomRecord, RoomRecord?> change,
        Action<SqliteSession, RoomRecord> also,
        CancellationToken cancellationToken,
        Func<SqliteSession, bool>? isTooMany = null)
    {
        RoomRecordGuard.Id(token, nameof(token));
        RoomRecordGuard.Time(now);
        return database.WriteAsync(
            session =>
            {
                if (RoomRows.Find(session, token) is not { } room)
                {
                    return new RoomResult(RoomOutcome.NotFound, null);
                }

                if (change(room) is not { } changed)
                {
                    return new RoomResult(RoomOutcome.Conflict, room);
                }

                if (isTooMany?.Invoke(session) is true)
                {
                    return new RoomResult(RoomOutcome.TooMany, room);
                }

                also(session, room);
                return new RoomResult(RoomOutcome.Done, RoomRows.Save(session, changed));
            },
            cancellationToken);
    }
}
