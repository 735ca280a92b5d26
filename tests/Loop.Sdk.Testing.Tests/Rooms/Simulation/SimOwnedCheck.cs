using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>Compares an owner's list of rooms with the server's.</summary>
internal static class SimOwnedCheck
{
    private const int Most = 1000;

    public static async Task<string?> FindDifferenceAsync(SimWorld world, SimUser user)
    {
        SimFailure.Unless(user.OwnedError is null, $"{user.Name}'s list ended with {user.OwnedError}");
        var kept = (await world.Storage.Rooms.ListAsync(SimWorld.Owner, 0, Most, CancellationToken.None)).Items.Where(static room => room.Room is not null).ToDictionary(static room => room.Token);
        var shown = user.Owned();
        if (!shown.Select(static room => room.Token).ToHashSet().SetEquals(kept.Keys))
        {
            return $"it has {shown.Count} rooms, and the server {kept.Count}";
        }

        foreach (var room in shown)
        {
            var (record, model) = (kept[room.Token], world.Rooms.FirstOrDefault(model => model.Token == room.Token));
            if ((room.Version, room.Epoch, room.Locked) != (record.Room!.Version, record.Room.Epoch, record.Room.Locked)
                || !room.Participants!.Select(static participant => participant.Id).SequenceEqual(record.Participants.Select(static participant => participant.Id)))
            {
                return $"room {room.Token[..4]} is at version {room.Version}, epoch {room.Epoch}, with {room.Participants!.Count}, at the server {record.Room.Version}, {record.Room.Epoch}, {record.Participants.Count}";
            }

            SimFailure.Unless(room.Context.Status == ContextStatus.Readable, $"{user.Name} cannot read the context of an own room: {room.Context.Code}");
            SimFailure.Unless(model is null || model.CanBeNamed(room.Name), $"room {room.Token[..4]} is named {room.Name}, which is not what was acknowledged");
        }

        return null;
    }
}
