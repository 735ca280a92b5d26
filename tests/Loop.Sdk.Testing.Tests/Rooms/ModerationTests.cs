using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class ModerationTests
{
    [TestMethod]
    public async Task Who_is_kicked_is_told_and_cannot_read_what_is_said_afterwards()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        await using var carol = await (await world.AccountAsync("carol")).JoinAsync(room);
        using var link = room.CreateLink();
        await room.Timeline.SayAsync("before");
        var signals = bob.Timeline.SignalsAsync().ToListAsync().AsTask();

        await room.KickAsync(bob.ParticipantId!);
        await room.Timeline.SayAsync("after");

        Assert.AreEqual(ErrorCodes.Kicked, (await bob.Ended)?.Code);
        Assert.AreEqual(RoomState.Ended, bob.State);
        await Check.FailsAsync(ErrorCodes.Kicked, signals);
        await Check.FailsAsync(ErrorCodes.Closed, bob.Timeline.PageAsync());
        Assert.HasCount(2, await room.UntilPresentAsync(static present => present.Count == 2));
        await carol.UntilAsync(static details => details.Epoch == 2 && details.Context.Status == ContextStatus.Readable);
        CollectionAssert.AreEqual(new[] { "before", "after" }, await carol.ReadAllAsync());

        // The room is open to new guests, but what is said now is not.
        await using var again = await user.Rooms.JoinAsync(link);
        CollectionAssert.AreEqual(new[] { "before", "[unknown_epoch]" }, await again.ReadAllAsync());
    }

    [TestMethod]
    public async Task A_kick_without_a_new_key_leaves_links_valid()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        using var link = room.CreateLink();

        await room.KickAsync(bob.ParticipantId!, new Removal { RotateKey = false });

        Assert.AreEqual(ErrorCodes.Kicked, (await bob.Ended)?.Code);
        Assert.AreEqual(1, room.Details.Epoch);
        await using var again = await user.Rooms.JoinAsync(link);
        Assert.AreEqual("Plans", again.Details.Name);
    }

    [TestMethod]
    public async Task Who_is_barred_stays_out_until_pardoned_with_all_devices()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var (phone, laptop) = (await world.AccountAsync("carol"), await world.AccountAsync("carol"));
        await using var one = await phone.JoinAsync(room);
        await using var two = await laptop.JoinAsync(room);
        await room.UntilPresentAsync(static present => present.Count == 3);

        await room.KickAsync(one.ParticipantId!, new Removal { Bar = true });

        Assert.AreEqual(ErrorCodes.Kicked, (await one.Ended)?.Code);
        Assert.AreEqual(ErrorCodes.Kicked, (await two.Ended)?.Code);
        await Check.FailsAsync(ErrorCodes.Barred, laptop.JoinAsync(room));
        await room.PardonAsync();
        await using var again = await laptop.JoinAsync(room);
        Assert.AreEqual("Plans", again.Details.Name);
    }

    [TestMethod]
    public async Task Kicks_are_the_owners_and_of_somebody_who_is_there()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);

        await Check.FailsAsync(ErrorCodes.NotOwner, bob.KickAsync(room.ParticipantId!));
        await Check.FailsAsync(ErrorCodes.NotParticipant, room.KickAsync("nobody"));
        await Check.FailsAsync(ErrorCodes.InvalidRequest, room.KickAsync(room.ParticipantId!));

        Assert.AreEqual((RoomState.Joined, RoomState.Joined, 1), (room.State, bob.State, room.Details.Epoch));
    }
}
