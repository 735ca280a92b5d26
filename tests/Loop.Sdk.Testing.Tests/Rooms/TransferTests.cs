using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class TransferTests
{
    [TestMethod]
    public async Task The_new_owner_takes_the_room_over_and_the_old_one_loses_it()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var carol = await (await world.AccountAsync("carol")).JoinAsync(room);
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await room.Timeline.SayAsync("before");

        await room.TransferAsync(carol.ParticipantId!);
        await carol.UntilAsync(details => details.Access == RoomAccess.Owner && details.Context.Author == carol.MemberId);

        Assert.IsTrue(carol.IsOwner);
        Assert.IsFalse(room.IsOwner);
        await Check.FailsAsync(ErrorCodes.NotOwner, room.UpdateAsync(new RoomChanges { Locked = true }));
        await Check.FailsAsync(ErrorCodes.NotOwner, room.RotateKeyAsync());
        await carol.UpdateAsync(new RoomChanges { Context = new RoomContext { RoomName = "Carol's" } });
        await carol.RotateKeyAsync();
        await carol.Timeline.SayAsync("after");
        foreach (var member in new[] { room, bob })
        {
            await member.UntilAsync(static details => details.Name == "Carol's" && details.Epoch == 2);
            Assert.AreEqual(carol.MemberId, member.OwnerMemberId);
            CollectionAssert.AreEqual(new[] { "before", "after" }, await member.ReadAllAsync());
        }

        // Her other devices own it as well.
        await using var other = await (await world.AccountAsync("carol")).Rooms.OpenAsync(room.Token);
        Assert.AreEqual(("Carol's", carol.MemberId), (other.Details.Name, other.MemberId));
        CollectionAssert.AreEqual(new[] { "before", "after" }, await other.ReadAllAsync());
    }

    [TestMethod]
    public async Task Other_devices_of_the_old_owner_notice()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var device = await world.OwnerAsync();
        await using var joined = await device.Rooms.OpenAsync(room.Token);
        await joined.JoinAsync();
        await using var open = await (await world.OwnerAsync()).Rooms.OpenAsync(room.Token);
        await using var carol = await (await world.AccountAsync("carol")).JoinAsync(room);
        var owned = device.Rooms.Owned.SubscribeAsync().FirstAsync(@event => @event.Kind == FeedEventKind.Change && @event.Change.Removed?.Contains(room.Token) == true).AsTask();

        await room.TransferAsync(carol.ParticipantId!);

        Assert.AreEqual(ErrorCodes.NotParticipant, (await open.Ended)?.Code);
        await joined.UntilAsync(static details => details.Access == RoomAccess.Participant);
        Assert.IsFalse(joined.IsOwner);
        await joined.Timeline.SayAsync("I am still here");
        await owned;
    }

    [TestMethod]
    public async Task Who_was_away_follows_the_room_to_its_new_owner()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var carol = await (await world.AccountAsync("carol")).JoinAsync(room);
        var user = await world.GuestAsync("Bob");
        var before = await user.JoinAsync(room);
        Assert.AreEqual(room.MemberId, before.OwnerMemberId);
        await before.DisposeAsync();
        await room.TransferAsync(carol.ParticipantId!);
        await carol.UntilAsync(details => details.Context.Author == carol.MemberId);

        await using var again = await user.JoinAsync(carol);

        Assert.AreEqual("Plans", again.Details.Name);
        Assert.AreEqual(carol.MemberId, again.OwnerMemberId);
    }

    [TestMethod]
    public async Task A_room_goes_only_to_somebody_in_it_with_an_account_and_keys()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        using var link = room.CreateLink();
        await using var keyless = await (await world.AccountAsync("dave")).Rooms.JoinAsync(link.RoomUrl.AbsoluteUri);

        await Check.FailsAsync(ErrorCodes.AccountRequired, room.TransferAsync(bob.ParticipantId!));
        await Check.FailsAsync(ErrorCodes.NotParticipant, room.TransferAsync("nobody"));
        await Check.FailsAsync(ErrorCodes.UnknownAuthor, room.TransferAsync(keyless.ParticipantId!));
        await Check.FailsAsync(ErrorCodes.NotOwner, bob.TransferAsync(room.ParticipantId!));

        Assert.IsTrue(room.IsOwner);
    }
}
