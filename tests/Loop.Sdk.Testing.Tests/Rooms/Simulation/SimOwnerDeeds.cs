using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>What only the owner does.</summary>
internal static class SimOwnerDeeds
{
    // An owner's ring holds few keys, and two devices may change the key at the same time: a schedule stays below.
    private const int MaxEpoch = 3;

    public static (string What, Func<SimPlace, Task>? Deed) Choose(SimWorld world, SimUser user, int dice, int luck, string text) => dice switch
    {
        < 80 => ("enter", place => JoinAsync(world, place, text)),
        < 85 => ("update", place => UpdateAsync(place, text)),
        < 88 => ("lock", place => place.Room.UpdateAsync(new RoomChanges { Locked = luck % 3 == 0 })),
        < 91 => ("rotate", RotateAsync),
        < 95 => ("kick", place => KickAsync(world, place, luck)),
        < 97 => ("pardon", static place => place.Room.PardonAsync()),
        < 98 => ("drop", place => DropAsync(world, place, user)),
        _ => ("create", null),
    };

    private static async Task JoinAsync(SimWorld world, SimPlace place, string name)
    {
        if (place.Room.State == RoomState.Open)
        {
            await place.Room.JoinAsync(new RoomJoin { DisplayName = name });
            place.Listen(world);
        }
    }

    private static async Task UpdateAsync(SimPlace place, string name)
    {
        place.Model.TryName(name);
        var updated = await place.Room.UpdateAsync(new RoomChanges { Context = new RoomContext { RoomName = name } });
        if (updated.Name == name)
        {
            place.Model.AcknowledgeName(updated.Version, name);
        }
    }

    private static async Task RotateAsync(SimPlace place)
    {
        if (place.Room.Details.Epoch < MaxEpoch)
        {
            await place.Room.RotateKeyAsync();
            Publish(place);
        }
    }

    private static async Task KickAsync(SimWorld world, SimPlace place, int luck)
    {
        var guests = place.Present().Where(static participant => !participant.IsOwner).ToArray();
        if (guests.Length == 0)
        {
            return;
        }

        var kicked = guests[luck % guests.Length];
        var removal = new Removal { Bar = luck % 2 == 0, RotateKey = luck % 3 > 0 && place.Room.Details.Epoch < MaxEpoch };
        world.Note($"kicked is {kicked.DisplayName}, {removal}");
        await place.Room.KickAsync(kicked.Id, removal);
        if (removal.RotateKey)
        {
            var newest = Publish(place);
            foreach (var notice in await world.Storage.Members.ListNoticesAsync(place.Model.Token, kicked.Member ?? "none", 0, CancellationToken.None))
            {
                SimFailure.Unless(notice.Epoch < newest, $"{kicked.DisplayName} was removed, and got the key of epoch {notice.Epoch}");
            }
        }
    }

    // The first room lasts: others are deleted, or left alone.
    private static async Task DropAsync(SimWorld world, SimPlace place, SimUser user)
    {
        if (place.Model == world.Rooms.First())
        {
            await place.Room.LeaveAsync();
            user.Places.TryRemove(place.Model.Token, out _);
            await place.DisposeAsync();
            return;
        }

        place.Model.MayBeDeleted = true;
        await place.Room.DeleteAsync();
        place.Model.IsDeleted = true;
    }

    private static int Publish(SimPlace place)
    {
        using var link = place.Room.CreateLink();
        place.Model.Publish(link.ToLink());
        return link.Key!.Epoch;
    }
}
