using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>What people do. All chance is decided before a deed begins, so that a seed gives the same deeds again.</summary>
internal static class SimDeeds
{
    private const int MaxRooms = 4;

    /// <summary>Lets somebody do something.</summary>
    public static void Begin(SimWorld world, SimUser user)
    {
        var room = world.Chance(75) ? world.Rooms.First() : world.Pick(world.Rooms.ToArray());
        var (dice, luck, text) = (world.Random.Next(100), world.Random.Next(1000), user.Next());
        Func<SimPlace, Task>? deed = null;
        (user.Deed, deed) = dice switch
        {
            < 34 => ("say", place => SayAsync(place, text, luck)),
            < 42 => ("edit", place => EditAsync(place, text, luck)),
            < 48 => ("delete", place => DeleteAsync(place, luck)),
            < 54 => ("page", place => place.Room.Timeline.PageAsync(luck % 2 == 0 ? null : luck, 1 + (luck % 20))),
            < 60 => ("type", place => place.Room.Timeline.SetTypingAsync(luck % 2 == 0)),
            < 66 => ("leave", place => LeaveAsync(place, user)),
            < 74 => ("rename", place => RenameAsync(world, place, user, luck, text)),
            _ when user.IsOwner => SimOwnerDeeds.Choose(world, user, dice, luck, text),
            _ => ("say", place => SayAsync(place, text, luck)),
        };
        world.Note($"{user.Name} begins: {user.Deed} {text} in {room.Token[..4]}");
        user.Doing = Task.Run(() => RunAsync(world, user, room, deed, luck));
    }

    /// <summary>Creates a room, which is open and not joined then.</summary>
    public static async Task CreateAsync(SimWorld world, SimUser user)
    {
        var name = user.Next();
        var created = await user.User.Rooms.CreateAsync(new NewRoom { Context = new RoomContext { RoomName = name } });
        var room = new SimRoom(created.Token);
        room.AcknowledgeName(1, name);
        using (var link = created.CreateLink())
        {
            room.Publish(link.ToLink());
        }

        user.Places[room.Token] = new SimPlace(world, created, room, [1]);
        if (world.Rooms.Count < MaxRooms)
        {
            world.Rooms.Enqueue(room);
            return;
        }

        room.MayBeDeleted = true;
        await created.DeleteAsync();
    }

    /// <summary>An owner's device joins under another name.</summary>
    public static async Task JoinAgainAsync(SimWorld world, SimPlace place, string name)
    {
        if (!place.IsOver)
        {
            await place.Room.LeaveAsync();
            await place.Room.JoinAsync(new RoomJoin { DisplayName = name });
            place.Listen(world);
        }
    }

    private static async Task RunAsync(SimWorld world, SimUser user, SimRoom room, Func<SimPlace, Task>? deed, int luck)
    {
        var what = user.Deed;
        try
        {
            if (deed is null)
            {
                await CreateAsync(world, user);
            }
            else if (await user.FindAsync(room) is { } place)
            {
                await deed(place);
            }
            else
            {
                what = "join";
                await EnterAsync(world, user, room, luck);
            }

            world.Tally.Count($"{what} ok");
            world.Note($"{user.Name} did: {what}");
        }
        catch (LoopException error)
        {
            SimFailure.Unless(SimCodes.MayBe(what, error.Code), $"{what} by {user.Name} failed with {error}");
            world.Tally.Count($"{what} {error.Code}");
            world.Note($"{user.Name} failed: {what} {error.Code}");
        }

        world.Touch();
    }

    private static async Task EnterAsync(SimWorld world, SimUser user, SimRoom room, int luck)
    {
        if (user.IsOwner)
        {
            var opened = await user.User.Rooms.OpenAsync(room.Token);
            user.Places[room.Token] = new SimPlace(world, opened, room, []);
            return;
        }

        var links = room.Links;
        var link = links[luck % 5 == 0 ? luck / 5 % links.Count : ^1];
        var joined = await user.User.Rooms.JoinAsync(link, new RoomJoin { DisplayName = $"{user.Name}-{luck}" });
        var place = new SimPlace(world, joined, room, [SimRoom.EpochOf(link)]);
        user.Places[room.Token] = place;
        place.Listen(world);
    }

    private static async Task SayAsync(SimPlace place, string key, int luck)
    {
        var entries = place.Entries();
        var text = $"{key} says {luck}";
        place.Model.Try(key, 1, text);
        var options = new AppendOptions { Key = key, ReplyTo = luck % 3 == 0 && entries.Count > 0 ? entries[luck % entries.Count] : null };
        var receipt = await place.Room.Timeline.SayAsync(text, options);
        place.Model.Acknowledge(key, receipt.Sequence, 1, text);
    }

    private static async Task EditAsync(SimPlace place, string text, int luck)
    {
        if (Pick(place.Entries().Where(static entry => entry is { IsMine: true, Status: EntryStatus.Readable }), luck) is not { } entry)
        {
            return;
        }

        place.Model.Try(entry.Key, entry.Version + 1, text);
        var receipt = await place.Room.Timeline.EditAsync(entry, new ChatMessage(text), SimJson.Default.ChatMessage);
        place.Model.Acknowledge(entry.Key, receipt.Sequence, receipt.Version, text);
    }

    private static async Task DeleteAsync(SimPlace place, int luck)
    {
        if (Pick(place.Entries().Where(entry => entry.IsMine || place.Room.IsOwner), luck) is { } entry)
        {
            place.Model.TryDelete(entry.Key);
            await place.Room.Timeline.DeleteAsync(entry.Sequence);
            place.Model.AcknowledgeDeletion(entry.Key);
        }
    }

    private static async Task LeaveAsync(SimPlace place, SimUser user)
    {
        await place.Room.LeaveAsync();
        await user.FindAsync(place.Model);
    }

    // There is no other way to a new name than to join again with it.
    private static async Task RenameAsync(SimWorld world, SimPlace place, SimUser user, int luck, string name)
    {
        if (user.IsOwner)
        {
            await JoinAgainAsync(world, place, name);
            return;
        }

        await LeaveAsync(place, user);
        await EnterAsync(world, user, place.Model, luck);
    }

    private static T? Pick<T>(IEnumerable<T> items, int luck)
        where T : class
    {
        var list = items.ToArray();
        return list.Length > 0 ? list[luck % list.Length] : null;
    }
}
