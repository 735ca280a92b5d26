using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Hostile;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class RejoinTests
{
    [TestMethod]
    public async Task A_guest_whose_session_is_lost_comes_back_as_the_same_one()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        var (member, participation) = (bob.MemberId, bob.ParticipantId);
        await using var heard = bob.Timeline.FollowAsync().GetAsyncEnumerator();
        await room.Timeline.SayAsync("before");
        Assert.IsTrue(await heard.MoveNextAsync());

        await user.LoseSessionAsync(world);
        await room.Timeline.SayAsync("meanwhile");

        Assert.IsTrue(await world.SoonAsync(heard.MoveNextAsync().AsTask()));
        Assert.AreEqual("meanwhile", heard.Current.ReadChat().Text);
        Assert.AreEqual(RoomState.Joined, bob.State);
        Assert.AreEqual(member, bob.MemberId);
        Assert.AreNotEqual(participation, bob.ParticipantId);
        var present = await room.UntilPresentAsync(present => present.Any(participant => participant.Id == bob.ParticipantId));
        Assert.HasCount(2, present);
    }

    [TestMethod]
    public async Task An_owner_whose_session_is_lost_is_in_the_room_again()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await bob.UntilPresentAsync(static present => present.Count == 2);

        await owner.LoseSessionAsync(world);
        await bob.UntilPresentAsync(static present => present.Count == 1);

        // Nothing refuses an owner: that the participation is over has to be found out.
        await world.SoonAsync(bob.UntilPresentAsync(static present => present.Count == 2));
        Assert.AreEqual(RoomState.Joined, room.State);
    }

    [TestMethod]
    public async Task Calls_after_a_lost_session_wait_until_the_room_is_joined_again()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        await user.LoseSessionAsync(world);

        var receipts = await world.SoonAsync(Task.WhenAll(Enumerable.Range(1, 5).Select(number => bob.Timeline.SayAsync($"{number}"))));

        Assert.HasCount(5, receipts.Select(static receipt => receipt.Sequence).Distinct().ToList());
        var said = await room.ReadAllAsync();
        said.Sort(StringComparer.Ordinal);
        CollectionAssert.AreEqual(new[] { "1", "2", "3", "4", "5" }, said);
    }

    [TestMethod]
    public async Task An_entry_is_there_once_when_its_answer_gets_lost_with_the_session()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var victim = Victim.Of(user, world);
        await using var bob = await victim.JoinAsync(room);
        var lost = 0;
        victim.Timeline.Appended = async receipt =>
        {
            if (lost++ == 0)
            {
                await user.LoseSessionAsync(world);
                throw new LoopException(ErrorCodes.SessionLost, "The answer was lost.");
            }

            return receipt;
        };

        var receipt = await world.SoonAsync(bob.Timeline.SayAsync("once"));

        Assert.IsTrue(receipt.AlreadyDone);
        Assert.AreEqual(2, lost);
        CollectionAssert.AreEqual(new[] { "once" }, await room.ReadAllAsync());
    }

    [TestMethod]
    public async Task Everybody_goes_on_when_the_server_restarts()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await using var heard = bob.Timeline.FollowAsync().GetAsyncEnumerator();
        await room.Timeline.SayAsync("before");
        Assert.IsTrue(await heard.MoveNextAsync());

        await world.Host.RestartAsync();
        await world.SoonAsync(room.Timeline.SayAsync("after"));

        Assert.IsTrue(await world.SoonAsync(heard.MoveNextAsync().AsTask()));
        Assert.AreEqual("after", heard.Current.ReadChat().Text);
        await world.SoonAsync(bob.Timeline.SayAsync("I heard"));
        CollectionAssert.AreEqual(new[] { "before", "after", "I heard" }, await world.SoonAsync(room.ReadAllAsync()));
        var present = await world.SoonAsync(room.UntilPresentAsync(static present => present.Count == 2 && present.All(static participant => participant.IsVerified)));
        Assert.HasCount(2, present.Select(static participant => participant.Member).Distinct().ToList());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_guest_who_was_away_too_long_comes_back_as_a_new_one_if_that_is_wanted(bool asNewGuest)
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room, new RoomJoin { RejoinAsNewGuest = asNewGuest });
        var member = bob.MemberId;
        user.Device.Link.IsRefusing = true;
        user.Device.Link.Cut();
        await room.UntilPresentAsync(static present => present.Count == 2);
        var away = Task.WhenAll(room.UntilPresentAsync(static present => present.Count == 1), Task.Delay(TimeSpan.FromMinutes(20), world.Clock));
        await world.Clock.AdvanceUntilAsync(away, TimeSpan.FromSeconds(2));

        user.Device.Link.IsRefusing = false;

        if (asNewGuest)
        {
            await world.SoonAsync(room.UntilPresentAsync(static present => present.Count == 2));
            await world.SoonAsync(bob.UntilAsync(RoomState.Joined));
            Assert.AreNotEqual(member, bob.MemberId);
            await world.SoonAsync(bob.Timeline.SayAsync("It is me."));
        }
        else
        {
            Assert.AreEqual(ErrorCodes.GuestRefused, (await world.SoonAsync(bob.Ended))?.Code);
        }
    }

    [TestMethod]
    public async Task Views_stay_and_say_that_they_were_interrupted()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        await using var view = bob.Timeline.ToLiveView(new LiveViewOptions { Post = static action => action() });
        await view.Entries.WhenReadyAsync();
        var states = new Events<bool>();
        view.Entries.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName == nameof(ILiveView.IsLive))
            {
                states.Add(view.Entries.IsLive);
            }
        };

        await user.LoseSessionAsync(world);

        Assert.IsFalse(await world.SoonAsync(states.NextAsync().AsTask()));
        Assert.IsTrue(await world.SoonAsync(states.NextAsync().AsTask()));
        Assert.IsTrue(view.Entries.Recovered);
        Assert.IsNull(view.Entries.Error);
    }
}
