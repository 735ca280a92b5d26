namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryParticipantStore(MemoryState state) : IParticipantStore
{
    public Task<JoinResult> JoinAsync(RoomJoin join, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Check(join);
        RoomRecordGuard.Time(now);
        return state.RunAsync(() => Join(join, now), cancellationToken);
    }

    public Task<ParticipantOutcome> RefreshAsync(string room, string id, long expiresAt, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(id, nameof(id));
        RoomRecordGuard.Time(expiresAt);
        return state.RunAsync(
            () =>
            {
                var found = state.Rooms.GetValueOrDefault(room);
                var index = found?.Participants.FindIndex(participant => participant.Id == id) ?? -1;
                if (index < 0)
                {
                    return ParticipantOutcome.NotFound;
                }

                var participant = found!.Participants[index];
                if (participant.ExpiresAt <= now)
                {
                    return ParticipantOutcome.Expired;
                }

                found.Participants[index] = participant with { ExpiresAt = expiresAt };
                if (GuestRecord.IdOf(participant.User) is { } guest && found.Guests.TryGetValue(guest, out var credential))
                {
                    found.Guests[guest] = credential with { ExpiresAt = Math.Max(credential.ExpiresAt, expiresAt) };
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
        return state.RunAsync(
            () =>
            {
                if (state.Rooms.GetValueOrDefault(room) is not { } found || found.Participants.Find(participant => participant.Id == id) is not { } participant)
                {
                    return null;
                }

                found.Participants.Remove(participant);
                state.Save(found, RoomEdits.Touch(found.Record, now));
                return participant;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<ParticipantRecord>> RemoveUserAsync(string room, string user, bool bar, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        RoomRecordGuard.Id(user, nameof(user));
        RoomRecordGuard.Time(now);
        return state.RunAsync<IReadOnlyList<ParticipantRecord>>(
            () =>
            {
                if (state.Rooms.GetValueOrDefault(room) is not { } found)
                {
                    return [];
                }

                var removed = found.Remove(user, bar);
                if (removed.Count > 0)
                {
                    state.Save(found, RoomEdits.Touch(found.Record, now));
                }

                return removed;
            },
            cancellationToken);
    }

    public Task<int> PardonAsync(string room, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return state.RunAsync(
            () =>
            {
                var bars = state.Rooms.GetValueOrDefault(room)?.Bars;
                var count = bars?.Count ?? 0;
                bars?.Clear();
                return count;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<ParticipantRecord>> ListAsync(string room, long now, CancellationToken cancellationToken)
    {
        RoomRecordGuard.Id(room, nameof(room));
        return state.RunAsync<IReadOnlyList<ParticipantRecord>>(
            () => state.Rooms.GetValueOrDefault(room)?.Present(now) ?? [], cancellationToken);
    }

    private JoinResult Join(RoomJoin join, long now)
    {
        if (state.Find(join.Room, now) is not { } room)
        {
            return new JoinResult(JoinOutcome.NotFound, null, null, null);
        }

        if (join.User != room.Record.Owner && room.Bars.Contains(join.User))
        {
            return new JoinResult(JoinOutcome.Barred, null, room.Record, null);
        }

        var replaced = room.Participants.Find(participant => participant.User == join.User && participant.Session == join.Session);
        if (room.Participants.Any(participant => participant.Id == join.Id && participant != replaced))
        {
            return new JoinResult(JoinOutcome.Conflict, null, room.Record, null);
        }

        if (join.Announcement is { } announced && announced.Epoch != room.Record.Epoch)
        {
            return new JoinResult(JoinOutcome.StaleEpoch, null, room.Record, null);
        }

        var outcome = RoomCapacity.Decide(room.Record, room.Participants.Where(participant => participant.ExpiresAt > now), join);
        if (outcome is not JoinOutcome.Joined)
        {
            return new JoinResult(outcome, null, room.Record, null);
        }

        if (join.Announcement is { } member && MemberRules.Refusal(room.Announce(member, now)) is { } refusal)
        {
            return new JoinResult(refusal, null, room.Record, null);
        }

        if (replaced is not null)
        {
            room.Participants.Remove(replaced);
        }

        if (join.Guest is { } guest)
        {
            room.Guests[guest.Id] = guest with { SecretHash = guest.SecretHash.ToArray() };
        }

        var joined = RoomEdits.Participant(join, now);
        room.Participants.Add(joined);
        return new JoinResult(outcome, joined, state.Save(room, RoomEdits.Touch(room.Record, now, join.ExtendRoomTo)), replaced?.Id) { Present = room.Present(now) };
    }
}
