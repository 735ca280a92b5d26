using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>Compares what everybody sees with what the server has, and that with what was acknowledged.</summary>
internal static class SimCheck
{
    /// <summary>What is not, or not yet, as it must be; null if all is well.</summary>
    /// <exception cref="SimFailure">Something is wrong that no waiting mends.</exception>
    public static async Task<string?> FindDifferenceAsync(SimWorld world)
    {
        foreach (var user in world.Users.Where(static user => user.IsOwner))
        {
            if (await SimOwnedCheck.FindDifferenceAsync(world, user) is { } difference)
            {
                return $"{user.Name}'s list: {difference}";
            }
        }

        foreach (var room in world.Rooms)
        {
            if (await FindDifferenceAsync(world, room) is { } difference)
            {
                return $"room {room.Token[..4]}: {difference}";
            }
        }

        return null;
    }

    private static async Task<string?> FindDifferenceAsync(SimWorld world, SimRoom room)
    {
        var places = world.Users.Where(user => user.Places.ContainsKey(room.Token)).Select(user => (user.Name, Place: user.Places[room.Token])).ToArray();
        foreach (var (name, place) in places.Where(static place => place.Place.IsOver))
        {
            var reason = await place.Room.Ended;
            SimFailure.Unless(reason is null || SimCodes.MayEnd(reason.Code), $"the room ended for {name}: {reason}");
        }

        if (await SimTruth.ReadAsync(world, room.Token) is not { } truth)
        {
            SimFailure.Unless(room.MayBeDeleted, "a room is gone that nobody deleted");
            return places.Where(static place => !place.Place.IsOver).Select(static place => $"{place.Name} is in a room that is gone").FirstOrDefault();
        }

        SimFailure.Unless(!room.IsDeleted, "a room is there whose deletion was acknowledged");
        CheckEntries(room, truth);
        var open = places.Where(static place => !place.Place.IsOver).ToArray();
        var joined = open.Where(static place => place.Place.IsJoined).Select(static place => place.Place.Room.ParticipantId).Order(StringComparer.Ordinal);
        if (!joined.SequenceEqual(truth.Present.Select(static participant => participant.Id).Order(StringComparer.Ordinal)))
        {
            var present = string.Join(' ', truth.Present.Select(static participant => $"{participant.User}/{participant.Id[..4]}"));
            return $"present are [{present}], joined are [{string.Join(' ', open.Select(static place => $"{place.Name}:{place.Place.Room.State}/{place.Place.Room.ParticipantId?[..4]}"))}]";
        }

        foreach (var (_, place) in open)
        {
            await SimPlaceCheck.UpdateEpochsAsync(world, place, truth);
        }

        var isAgreed = world.IsAgreed && room == world.Rooms.First();
        var names = new SimNames(open.Where(place => place.Place.Epochs.Contains(truth.Room.Epoch) && (isAgreed || !place.Place.Room.IsOwner)).Select(static place => place.Place.Room.MemberId));
        foreach (var (name, place) in open)
        {
            if (await SimPlaceCheck.FindDifferenceAsync(place, truth, names) is { } difference)
            {
                return $"{name} ({place.Room.State}, epochs {string.Join(' ', place.Epochs)}): {difference}";
            }
        }

        return null;
    }

    // Nothing that was acknowledged is missing, and nothing is there twice, acknowledged or not.
    private static void CheckEntries(SimRoom room, SimTruth truth)
    {
        var byKey = truth.Entries.ToLookup(static entry => entry.Key);
        SimFailure.Unless(byKey.All(static entries => entries.Count() == 1), "an entry is there twice");
        SimFailure.Unless(truth.Entries.Select(static entry => entry.Sequence).SequenceEqual(Enumerable.Range(1, truth.Entries.Count).Select(static number => (long)number)), "a place in the timeline is empty");
        foreach (var (key, entry) in room.Entries())
        {
            var kept = byKey[key].FirstOrDefault();
            SimFailure.Unless(entry.Sequence == 0 || kept?.Sequence == entry.Sequence, $"entry {key} was acknowledged at {entry.Sequence}, and is at {kept?.Sequence}");
            SimFailure.Unless(kept is null || kept.Version >= entry.Version, $"version {entry.Version} of entry {key} was acknowledged, and it has {kept?.Version}");
            SimFailure.Unless(kept is null || kept.Deleted || !entry.IsDeleted, $"the deletion of entry {key} was acknowledged");
            SimFailure.Unless(kept is null || !kept.Deleted || entry.MayBeDeleted, $"entry {key} is deleted, which nobody wanted");
        }
    }
}
