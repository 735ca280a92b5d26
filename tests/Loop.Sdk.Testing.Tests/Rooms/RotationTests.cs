using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class RotationTests
{
    [TestMethod]
    public async Task Members_get_the_new_key_and_read_before_and_after()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await room.Timeline.SayAsync("before");

        await room.RotateKeyAsync();
        await room.Timeline.SayAsync("after");

        await bob.UntilAsync(static details => details.Epoch == 2 && details.Context.Status == ContextStatus.Readable);
        await bob.Timeline.SayAsync("me too");
        CollectionAssert.AreEqual(new[] { "before", "after", "me too" }, await bob.ReadAllAsync());
        CollectionAssert.AreEqual(new[] { "before", "after", "me too" }, await room.ReadAllAsync());
        var epochs = await room.Timeline.BackwardsAsync().Select(static entry => (entry.Epoch, entry.IsLate)).ToListAsync();
        CollectionAssert.AreEqual(new[] { (2, false), (2, false), (1, false) }, epochs);
    }

    [TestMethod]
    public async Task An_earlier_link_lets_in_but_not_read_what_is_said_from_then_on()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await room.Timeline.SayAsync("before");
        using var early = room.CreateLink();
        await room.RotateKeyAsync();
        await room.Timeline.SayAsync("after");

        await using var late = await (await world.GuestAsync("Eve")).Rooms.JoinAsync(early);
        await using var right = await (await world.GuestAsync("Bob")).JoinAsync(room);

        Assert.AreEqual(ErrorCodes.UnknownEpoch, late.Details.Context.Code);
        CollectionAssert.AreEqual(new[] { "before", "[unknown_epoch]" }, await late.ReadAllAsync());
        await Check.FailsAsync(ErrorCodes.UnknownEpoch, late.Timeline.SayAsync("Can you hear me?"));
        Assert.AreEqual("Plans", right.Details.Name);
        CollectionAssert.AreEqual(new[] { "[unknown_epoch]", "after" }, await right.ReadAllAsync());
    }

    [TestMethod]
    public async Task The_owners_other_devices_read_everything()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var early = await (await world.OwnerAsync()).Rooms.OpenAsync(room.Token);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            await room.Timeline.SayAsync($"in {epoch}");
            await room.RotateKeyAsync();
        }

        await using var late = await (await world.OwnerAsync()).Rooms.OpenAsync(room.Token);

        foreach (var device in new[] { early, late })
        {
            await device.UntilAsync(static details => details.Epoch == 4 && details.Context.Status == ContextStatus.Readable);
            CollectionAssert.AreEqual(new[] { "in 1", "in 2", "in 3" }, await device.ReadAllAsync());
        }
    }

    [TestMethod]
    public async Task Two_devices_of_the_owner_rotate_at_once()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var one = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var two = await (await world.OwnerAsync()).Rooms.OpenAsync(one.Token);
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(one);

        await world.SoonAsync(Task.WhenAll(one.RotateKeyAsync(), two.RotateKeyAsync()));
        await one.Timeline.SayAsync("one");
        await two.Timeline.SayAsync("two");

        foreach (var room in new[] { one, two, bob })
        {
            await room.UntilAsync(static details => details.Epoch == 3 && details.Context.Status == ContextStatus.Readable);
            CollectionAssert.AreEqual(new[] { "one", "two" }, await room.ReadAllAsync());
        }
    }

    [TestMethod]
    public async Task A_rotation_whose_answer_gets_lost_happens_once()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);

        // The rotation takes some calls, whose answers arrive; then nothing comes back any more.
        owner.Device.Link.Delay = TimeSpan.FromMilliseconds(1);
        var rotating = room.RotateKeyAsync();
        await world.Clock.AdvanceUntilAsync(bob.UntilAsync(static details => details.Epoch == 2), TimeSpan.FromMilliseconds(1));
        owner.Device.Link.Delay = TimeSpan.Zero;
        await owner.LoseSessionAsync(world);
        await world.SoonAsync(rotating);

        Assert.AreEqual(2, room.Details.Epoch);
        await world.SoonAsync(room.Timeline.SayAsync("after"));
        CollectionAssert.AreEqual(new[] { "after" }, await world.SoonAsync(bob.ReadAllAsync()));
        Assert.AreEqual(2, bob.Details.Epoch);
    }

    [TestMethod]
    public async Task Who_is_cut_off_during_rotations_gets_every_key()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        user.Device.Link.IsRefusing = true;
        user.Device.Link.Cut();
        for (var epoch = 2; epoch <= 4; epoch++)
        {
            await room.RotateKeyAsync();
            await room.Timeline.SayAsync($"in {epoch}");
        }

        user.Device.Link.IsRefusing = false;

        await world.SoonAsync(bob.UntilAsync(static details => details.Epoch == 4 && details.Context.Status == ContextStatus.Readable));
        CollectionAssert.AreEqual(new[] { "in 2", "in 3", "in 4" }, await bob.ReadAllAsync());
    }
}
