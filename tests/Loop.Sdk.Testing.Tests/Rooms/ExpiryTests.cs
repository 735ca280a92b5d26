using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class ExpiryTests
{
    [TestMethod]
    public async Task A_room_that_expires_ends_for_everybody()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.Rooms.CreateAsync(new NewRoom { ExpiresIn = TimeSpan.FromMinutes(1) });
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);

        await world.Clock.AdvanceUntilAsync(Task.WhenAll(room.Ended, bob.Ended), TimeSpan.FromSeconds(1));

        Assert.IsTrue((await bob.Ended)?.Code == ErrorCodes.RoomGone);
        Assert.IsTrue((await room.Ended)?.Code == ErrorCodes.RoomGone);
        await Check.FailsAsync(ErrorCodes.RoomNotFound, world.SoonAsync(owner.Rooms.OpenAsync(room.Token)));
    }

    [TestMethod]
    public async Task Only_the_owner_says_when_a_room_expires()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.Rooms.CreateAsync(new NewRoom { ExpiresIn = TimeSpan.FromHours(2) });
        var expiry = world.Clock.GetUtcNow() + TimeSpan.FromHours(2);
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);

        Assert.AreEqual(expiry, (await room.UpdateAsync(new RoomChanges { MaxSize = 4 })).ExpiresAt);
        Assert.AreEqual(expiry, bob.Details.ExpiresAt);
        Assert.AreEqual(expiry + TimeSpan.FromHours(1), (await room.UpdateAsync(new RoomChanges { ExpiresIn = TimeSpan.FromHours(3) })).ExpiresAt);
        Assert.AreEqual(world.Clock.GetUtcNow() + TimeSpan.FromDays(56), (await room.UpdateAsync(new RoomChanges { ExpiresIn = TimeSpan.Zero })).ExpiresAt);
    }
}
