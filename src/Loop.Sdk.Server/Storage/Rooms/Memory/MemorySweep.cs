namespace Loop.Sdk.Server.Storage;

/// <summary>Removes what has expired.</summary>
internal sealed class MemorySweep(MemoryState state, RoomSweep sweep)
{
    public RoomSweepResult Run()
    {
        var rooms = Rooms();
        var participants = Participants();
        var guests = Guests();
        var tombstones = Tombstones();
        var more = rooms.Count == sweep.Limit || participants.Count == sweep.Limit || guests == sweep.Limit || tombstones >= sweep.Limit;
        return new RoomSweepResult(rooms, participants, tombstones, more);
    }

    private List<RoomRecord> Rooms()
    {
        var expired = state.Rooms.Values.Select(static room => room.Record).Where(room => room.ExpiresAt <= sweep.Now)
            .OrderBy(static room => room.ExpiresAt).ThenBy(static room => room.Token, StringComparer.Ordinal).Take(sweep.Limit).ToList();
        foreach (var room in expired)
        {
            state.Remove(room, sweep.Now);
        }

        return expired;
    }

    private List<ParticipantRecord> Participants()
    {
        var expired = state.Rooms.Values.SelectMany(static room => room.Participants).Where(participant => participant.ExpiresAt <= sweep.Now)
            .OrderBy(static participant => participant.ExpiresAt).ThenBy(static participant => participant.Room, StringComparer.Ordinal)
            .ThenBy(static participant => participant.Id, StringComparer.Ordinal).Take(sweep.Limit).ToList();
        foreach (var group in expired.GroupBy(static participant => participant.Room))
        {
            var room = state.Rooms[group.Key];
            room.Participants.RemoveAll(group.Contains);
            state.Save(room, RoomEdits.Touch(room.Record, sweep.Now));
        }

        return expired;
    }

    private int Guests()
    {
        var expired = state.Rooms.Values.SelectMany(static room => room.Guests.Values).Where(guest => guest.ExpiresAt <= sweep.Now)
            .OrderBy(static guest => guest.ExpiresAt).Take(sweep.Limit).ToList();
        expired.ForEach(guest => state.Rooms[guest.Room].Guests.Remove(guest.Id));
        return expired.Count;
    }

    private int Tombstones()
    {
        var before = state.Owners.Values.Sum(static owner => owner.Tombstones.Count);
        var old = state.Owners.Values.SelectMany(static owner => owner.Tombstones.Select(tombstone => (owner, tombstone)))
            .Where(item => item.tombstone.DeletedAt < sweep.TombstonesBefore).OrderBy(static item => item.tombstone.DeletedAt).Take(sweep.Limit).ToList();
        old.ForEach(static item => item.owner.Prune(tombstone => tombstone == item.tombstone));
        foreach (var owner in state.Owners.Values.Where(owner => owner.Tombstones.Count > sweep.MaxTombstones))
        {
            var cut = owner.Tombstones[^(sweep.MaxTombstones + 1)].Offset;
            owner.Prune(tombstone => tombstone.Offset <= cut);
        }

        return before - state.Owners.Values.Sum(static owner => owner.Tombstones.Count);
    }
}
