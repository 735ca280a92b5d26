using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class OwnedRoomsTests
{
    [TestMethod]
    public async Task An_update_reaches_everybody_in_the_room()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        var context = new RoomContext { RoomName = "Later", Description = "What we do", Urls = [new RoomContextUrl { Location = "https://example.com/" }] };

        var updated = await room.UpdateAsync(new RoomChanges { Context = context, MaxSize = 5, Locked = true });

        Assert.AreEqual(("Later", 5, true), (updated.Name, updated.MaxSize, updated.Locked));
        var seen = await bob.UntilAsync(static details => details.Name == "Later");
        Assert.AreEqual("https://example.com/", seen.Context.Value!.Urls![0].Location);
        Assert.AreEqual(room.MemberId, seen.Context.Author);
        Assert.AreEqual((5, true, updated.Version), (seen.MaxSize, seen.Locked, seen.Version));
    }

    [TestMethod]
    public async Task An_update_of_another_version_or_by_somebody_else_changes_nothing()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.AccountAsync("bob")).JoinAsync(room);

        await Check.FailsAsync(ErrorCodes.RoomConflict, room.UpdateAsync(new RoomChanges { MaxSize = 3, ExpectedVersion = room.Details.Version + 1 }));
        await Check.FailsAsync(ErrorCodes.NotOwner, bob.UpdateAsync(new RoomChanges { MaxSize = 3 }));
        await Check.FailsAsync(ErrorCodes.NotOwner, bob.RotateKeyAsync());
        await Check.FailsAsync(ErrorCodes.NotOwner, bob.PardonAsync());
        await Check.FailsAsync(ErrorCodes.NotOwner, bob.DeleteAsync());
        await Check.FailsAsync(ErrorCodes.ContentTooLarge, room.UpdateAsync(new RoomChanges { Context = new RoomContext { Description = new string('x', RoomContext.MaxLength) } }));

        Assert.AreEqual(8, (await room.UpdateAsync(new RoomChanges())).MaxSize);
        Assert.AreEqual(RoomState.Joined, bob.State);
    }

    [TestMethod]
    public async Task Two_devices_of_the_owner_change_the_context_at_once_and_agree()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var one = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var two = await (await world.OwnerAsync()).Rooms.OpenAsync(one.Token);

        var outcomes = await Task.WhenAll(TryAsync(one, "one"), TryAsync(two, "two"));

        Assert.IsTrue(outcomes.All(static code => code is null or ErrorCodes.RoomConflict) && outcomes.Contains(null), string.Join(' ', outcomes));
        var newest = (await one.UpdateAsync(new RoomChanges { Locked = true })).Version;
        var (first, second) = (await one.UntilAsync(details => details.Version == newest), await two.UntilAsync(details => details.Version == newest));
        Assert.AreEqual(first.Name, second.Name);
        Assert.AreEqual(one.MemberId, two.MemberId);

        static async Task<string?> TryAsync(Room room, string name)
        {
            try
            {
                await room.UpdateAsync(new RoomChanges { Context = new RoomContext { RoomName = name } });
                return null;
            }
            catch (LoopException error)
            {
                return error.Code;
            }
        }
    }

    [TestMethod]
    public async Task Another_device_of_the_owner_sees_rooms_come_change_and_go()
    {
        await using var world = await RoomWorld.StartAsync();
        var (one, two) = (await world.OwnerAsync(), await world.OwnerAsync());
        await using var early = await one.CreateJoinedAsync("Early");
        await using var events = two.Rooms.Owned.SubscribeAsync().GetAsyncEnumerator();
        Assert.IsTrue(await events.MoveNextAsync());
        Assert.AreEqual("Early", events.Current.Snapshot.Items.Single().Name);

        await using var late = await one.CreateJoinedAsync("Late");
        await UntilAsync(events, change => change.Put?.Any(room => room.Name == "Late" && room.Access == RoomAccess.Owner) == true);
        await late.UpdateAsync(new RoomChanges { Context = new RoomContext { RoomName = "Later" } });
        await UntilAsync(events, change => change.Put?.Any(room => room.Name == "Later") == true);
        var seen = events.Current.Position;
        await late.DeleteAsync();
        await UntilAsync(events, change => change.Removed?.Contains(late.Token) == true);

        // Who was away learns it from the tombstone.
        await using var again = two.Rooms.Owned.SubscribeAsync(seen).GetAsyncEnumerator();
        Assert.IsTrue(await again.MoveNextAsync());
        Assert.AreEqual(FeedEventKind.Resumed, again.Current.Kind);
        await UntilAsync(again, change => change.Removed?.Contains(late.Token) == true);
        Assert.IsNull(await late.Ended);
    }

    [TestMethod]
    public async Task Rooms_are_deleted_together_and_everybody_in_them_is_told()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.CreateJoinedAsync();
        await using var other = await owner.CreateJoinedAsync("Other");
        await using var foreign = await (await world.AccountAsync("carol")).CreateJoinedAsync("Foreign");
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        var following = bob.Timeline.FollowAsync().ToListAsync().AsTask();

        var deleted = await owner.Rooms.DeleteAsync([room.Token, foreign.Token, "_nxD4V4FflQ", other.Token]);

        CollectionAssert.AreEqual(new[] { null, ErrorCodes.NotOwner, ErrorCodes.RoomNotFound, null }, deleted.Select(static room => room.Code).ToArray());
        Assert.AreEqual(ErrorCodes.RoomGone, (await bob.Ended)?.Code);
        Assert.AreEqual(ErrorCodes.RoomGone, (await room.Ended)?.Code);
        await Check.FailsAsync(ErrorCodes.RoomGone, following);
        await Check.FailsAsync(ErrorCodes.RoomNotFound, owner.Rooms.GetOwnedAsync(room.Token));
        Assert.AreEqual(RoomState.Joined, foreign.State);
    }

    [TestMethod]
    public async Task A_room_whose_key_cannot_be_unwrapped_is_shown_and_can_be_managed()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        using var wrong = OwnerKey.Generate();
        var user = await world.OwnerAsync(options => options.OwnerKey = wrong);

        var details = await user.Rooms.GetOwnedAsync(room.Token);
        await using var opened = await user.Rooms.OpenAsync(room.Token);

        Assert.AreEqual((ContextStatus.Unreadable, ErrorCodes.WrongKey), (details.Context.Status, details.Context.Code));
        Assert.AreEqual("Ada", (await room.UntilPresentAsync(static present => present.Count == 1))[0].DisplayName);
        Assert.AreEqual(ErrorCodes.WrongKey, opened.Details.Context.Code);
        Assert.IsTrue((await opened.UpdateAsync(new RoomChanges { Locked = true })).Locked);
        await Check.FailsAsync(ErrorCodes.NoKey, opened.RotateKeyAsync());
        await Check.FailsAsync(ErrorCodes.NoKey, opened.UpdateAsync(new RoomChanges { Context = new RoomContext() }));
        await opened.DeleteAsync();
        Assert.AreEqual(ErrorCodes.RoomGone, (await room.Ended)?.Code);
    }

    private static async Task UntilAsync(
        IAsyncEnumerator<FeedEvent<KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>>> events, Func<KeyedChange<string, RoomDetails>, bool> wanted)
    {
        do
        {
            Assert.IsTrue(await events.MoveNextAsync());
        }
        while (events.Current.Kind != FeedEventKind.Change || !wanted(events.Current.Change));
    }
}
