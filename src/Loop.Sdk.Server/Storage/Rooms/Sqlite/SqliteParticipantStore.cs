namespace Loop.Sdk.Server.Storage;

/// <summary>Who comes, stays and goes is not flushed: when the machine stops, all sessions end. Who is removed for good is.</summary>
internal sealed class SqliteParticipantStore(SqliteDatabase database) : IParticipantStore
{
    public Task<JoinResult> JoinAsync(RoomJoin join, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(join);
        RoomRecordGuard.Time(now);
        return database.WriteUnflushedAsync(session => Join(session, join, now), cancellationToken);
    }

    public Task<ParticipantOutcome> RefreshAsync(string room, string id, long expiresAt, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        RoomRecordGuard.Time(expiresAt);
        return database.WriteUnflushedAsync(
            session =>
            {
                if (ParticipantRows.Find(session, room, id) is not { } participant)
                {
                    return ParticipantOutcome.NotFound;
                }

                if (participant.ExpiresAt <= now)
                {
                    return ParticipantOutcome.Expired;
                }

                session.Prepare("UPDATE participants SET expires = ?3 WHERE room = ?1 AND id = ?2").Bind(room).Bind(id).Bind(expiresAt).Run();
                if (GuestRecord.IdOf(participant.User) is { } guest)
                {
                    session.Prepare("UPDATE guests SET expires = max(expires, ?3) WHERE room = ?1 AND id = ?2").Bind(room).Bind(guest).Bind(expiresAt).Run();
                }

                return ParticipantOutcome.Done;
            },
            cancellationToken);
    }

    public Task<ParticipantRecord?> LeaveAsync(string room, string id, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        RoomRecordGuard.Time(now);
        return database.WriteUnflushedAsync(
            session =>
            {
                if (ParticipantRows.Find(session, room, id) is not { } participant)
                {
                    return null;
                }

                ParticipantRows.Remove(session, room, id);
                RoomRows.SaveTouch(session, RoomEdits.Touch(RoomRows.Find(session, room)!, now));
                return participant;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<ParticipantRecord>> RemoveUserAsync(string room, string user, bool bar, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(user, nameof(user));
        RoomRecordGuard.Time(now);
        return database.WriteAsync<IReadOnlyList<ParticipantRecord>>(
            session =>
            {
                if (RoomRows.Find(session, room) is not { } found)
                {
                    return [];
                }

                var removed = ParticipantRows.RemoveUser(session, room, user, bar);
                if (removed.Count > 0)
                {
                    RoomRows.SaveTouch(session, RoomEdits.Touch(found, now));
                }

                return removed;
            },
            cancellationToken);
    }

    public Task<int> PardonAsync(string room, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return database.WriteAsync(session => session.Prepare("DELETE FROM bars WHERE room = ?1").Bind(room).Run(), cancellationToken);
    }

    public Task<IReadOnlyList<ParticipantRecord>> ListAsync(string room, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return database.ReadOneAsync<IReadOnlyList<ParticipantRecord>>(session => ParticipantRows.ListPresent(session, room, now), cancellationToken);
    }

    private static JoinResult Join(SqliteSession session, RoomJoin join, long now)
    {
        if (RoomRows.Find(session, join.Room) is not { } room || room.ExpiresAt <= now)
        {
            return new JoinResult(JoinOutcome.NotFound, null, null, null);
        }

        if (join.User != room.Owner && ParticipantRows.IsBarred(session, join.Room, join.User))
        {
            return new JoinResult(JoinOutcome.Barred, null, room, null);
        }

        var present = ParticipantRows.List(session, join.Room);
        var replaced = present.Find(participant => participant.User == join.User && participant.Session == join.Session);
        if (present.Exists(participant => participant.Id == join.Id && participant != replaced))
        {
            return new JoinResult(JoinOutcome.Conflict, null, room, null);
        }

        if (join.Announcement is { } announced && announced.Epoch != room.Epoch)
        {
            return new JoinResult(JoinOutcome.StaleEpoch, null, room, null);
        }

        var outcome = RoomCapacity.Decide(room, present.Where(participant => participant.ExpiresAt > now), join);
        if (outcome is not JoinOutcome.Joined)
        {
            return new JoinResult(outcome, null, room, null);
        }

        if (join.Announcement is { } member && MemberRules.Refusal(MemberRows.Announce(session, member, now)) is { } refusal)
        {
            return new JoinResult(refusal, null, room, null);
        }

        if (join.Guest is { } guest)
        {
            MemberRows.PutGuest(session, guest);
        }

        var joined = RoomEdits.Participant(join, now);
        if (replaced is not null)
        {
            ParticipantRows.Replace(session, replaced.Id, joined);
        }
        else
        {
            ParticipantRows.Add(session, joined);
        }

        return new JoinResult(outcome, joined, RoomRows.SaveTouch(session, RoomEdits.Touch(room, now, join.ExtendRoomTo)), replaced?.Id)
        {
            Present = RoomEdits.Present([.. present.Where(participant => participant != replaced), joined], now),
        };
    }
}
