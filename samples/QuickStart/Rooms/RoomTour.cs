using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using QuickStart.Server;

namespace QuickStart.Rooms;

/// <summary>An encrypted room: a guest comes by its link, both chat, and the server is killed in the middle of it.</summary>
internal static class RoomTour
{
    public static async Task RunAsync(ServerProcess server, Output output)
    {
        // The key of alice's own rooms: an application keeps it where it keeps keys, the same on all of her devices.
        using var ownerKey = OwnerKey.Generate();
        await using var alice = Client.Connect(server, "alice", rooms =>
        {
            rooms.OwnerKey = ownerKey;
            rooms.DisplayName = "Alice";
            rooms.RoomUrl = new Uri("https://rooms.example/r");
        });
        await using var room = await alice.Rooms.CreateAsync(new NewRoom { Context = new RoomContext { RoomName = "Weekend plans" } });
        await room.JoinAsync();
        using var link = room.CreateLink();
        output.Say("alice created an encrypted room. The key is in the link, after the #, and never sent to the server:");
        output.Say($"  {link.ToLink()}");

        // All that the guest has is the text of the link.
        await using var guest = Client.ConnectGuest(server, rooms => rooms.DisplayName = "Bob");
        await using var joined = await guest.Rooms.JoinAsync(link.ToLink());
        output.Say($"bob came by the link, without an account, and reads the room's name: \"{joined.Details.Name}\"");

        await using var aliceHears = new Listener(room, output);
        await using var bobHears = new Listener(joined, output);
        await joined.Timeline.SayAsync("Shall we go to the lake?");
        await aliceHears.WaitForAsync("Shall we go to the lake?");
        await room.Timeline.SayAsync("Yes. Saturday!");
        await bobHears.WaitForAsync("Yes. Saturday!");

        await KillAsync(server, room, joined, output);
        await bobHears.WaitForAsync("Did you feel that?");
        await aliceHears.WaitForAsync("No. What happened?");
        await VerifyAsync(room, joined, output);
    }

    private static async Task KillAsync(ServerProcess server, Room room, Room joined, Output output)
    {
        output.Say($"the server, process {server.Id}, is killed, now");
        await server.KillAsync();

        // Said while there is no server: it is sent when there is one again.
        var saying = Task.WhenAll(room.Timeline.SayAsync("Did you feel that?"), joined.Timeline.SayAsync("No. What happened?"));
        await server.StartAsync();
        output.Say($"it was started again on the same file, as process {server.Id}");
        await saying;
    }

    private static async Task VerifyAsync(Room room, Room joined, Output output)
    {
        var (seen, seenByGuest) = (await ReadAsync(room), await ReadAsync(joined));
        if (seen.Count != 4 || seen.Distinct().Count() != 4 || !seen.SequenceEqual(seenByGuest))
        {
            throw new InvalidOperationException($"Alice has {string.Join(" | ", seen)}, and bob {string.Join(" | ", seenByGuest)}.");
        }

        output.Say($"alice and bob are {room.State.ToString().ToLowerInvariant()} again by themselves, and both have all {seen.Count} entries, in one order, none lost and none twice");
    }

    private static async Task<List<string>> ReadAsync(Room room) =>
        await room.Timeline.BackwardsAsync().Select(static entry => $"{entry.Sequence} {entry.AuthorName}: {entry.ReadChat().Text}").Reverse().ToListAsync();
}
