using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Hostile;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class GuestTests
{
    [TestMethod]
    public async Task A_guest_reads_the_context_and_chats_by_the_link_alone()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.Rooms.CreateAsync(new NewRoom { Context = new RoomContext { RoomName = "Plans" } });
        using var link = room.CreateLink();
        var guest = await world.GuestAsync("Bob");

        await using var joined = await guest.Rooms.JoinAsync(link.ToLink());

        Assert.AreEqual("Plans", joined.Details.Name);
        Assert.AreEqual(room.MemberId, joined.Details.Context.Author);
        Assert.AreEqual(room.MemberId, joined.OwnerMemberId);
        Assert.AreEqual(RoomState.Joined, joined.State);
        await joined.Timeline.SayAsync("Hello!");
        await using var heard = room.Timeline.FollowAsync().GetAsyncEnumerator();
        Assert.IsTrue(await heard.MoveNextAsync());
        Assert.AreEqual("Hello!", heard.Current.ReadChat().Text);
        Assert.AreEqual("Bob", heard.Current.AuthorName);
        Assert.AreEqual(joined.MemberId, heard.Current.Author);
        Assert.IsFalse(heard.Current.IsMine);
    }

    [TestMethod]
    public async Task A_visitor_sees_the_context_before_joining()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        using var link = room.CreateLink();
        var visitor = await world.GuestAsync("Bob");

        var seen = await visitor.Rooms.GetAsync(link);

        Assert.AreEqual("Plans", seen.Name);
        Assert.AreEqual(RoomAccess.Public, seen.Access);
        Assert.IsNull(seen.MaxSize);
        using var keyless = RoomLink.Parse(link.RoomUrl.AbsoluteUri);
        Assert.AreEqual(ErrorCodes.NoKey, (await visitor.Rooms.GetAsync(keyless)).Context.Code);
    }

    [TestMethod]
    public async Task Everybody_sees_who_is_there_by_the_names_that_they_sealed()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await using var eve = await (await world.GuestAsync("Eve")).JoinAsync(room, new RoomJoin { DisplayName = "Évé 🦊" });

        var present = await bob.UntilPresentAsync(static present => present.Count == 3);

        CollectionAssert.AreEquivalent(new[] { "Ada", "Bob", "Évé 🦊" }, present.Select(static participant => participant.DisplayName).ToArray());
        Assert.IsTrue(present.All(static participant => participant.IsVerified && !participant.IsNameAltered));
        Assert.AreEqual("Bob", present.Single(static participant => participant.IsMe).DisplayName);
        Assert.AreEqual(room.MemberId, present.Single(static participant => participant.IsOwner).Member);
        Assert.AreEqual(2, present.Count(static participant => participant.IsGuest));
    }

    [TestMethod]
    public async Task A_guest_who_leaves_is_gone_and_comes_back_as_somebody_else()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        var bob = await user.JoinAsync(room);
        await room.UntilPresentAsync(static present => present.Count == 2);

        await bob.LeaveAsync();

        Assert.AreEqual(RoomState.Ended, bob.State);
        Assert.IsNull(await bob.Ended);
        await room.UntilPresentAsync(static present => present.Count == 1);
        await Check.FailsAsync(ErrorCodes.Closed, bob.Timeline.SayAsync("too late"));
        await using var again = await user.JoinAsync(room);
        Assert.AreNotEqual(bob.MemberId, again.MemberId);
        await bob.DisposeAsync();
    }

    [TestMethod]
    public async Task A_guest_who_left_is_forgotten_though_the_room_ends_before_that_is_answered()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var memory = new LastMemory();
        await using var guest = await Victim.OfAsync(world, options => options.Memory = memory);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        guest.Rooms.Farewell = answer.Task;
        var bob = await guest.JoinAsync(room);

        var leaving = bob.LeaveAsync();
        Assert.IsNull(await bob.Ended);
        answer.SetResult();
        await leaving;

        Assert.AreEqual((true, null), (memory.Last.MemberKey.IsEmpty, memory.Last.GuestCredential));
        await using var again = await guest.JoinAsync(room);
        Assert.AreNotEqual(bob.MemberId, again.MemberId);
    }

    [TestMethod]
    public async Task A_link_with_a_wrong_key_lets_in_but_not_read()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await room.Timeline.SayAsync("secret");
        using var link = room.CreateLink();
        using var wrong = RoomLink.Create(link.RoomUrl, RoomKey.Generate());
        var stranger = await world.GuestAsync("Eve");

        await using var joined = await stranger.Rooms.JoinAsync(wrong);

        Assert.AreEqual(ContextStatus.Unreadable, joined.Details.Context.Status);
        Assert.AreEqual(ErrorCodes.WrongKey, joined.Details.Context.Code);
        CollectionAssert.AreEqual(new[] { "[wrong_key]" }, await joined.ReadAllAsync());
        var present = await room.UntilPresentAsync(static present => present.Count == 2);
        Assert.AreEqual("", present.Single(static participant => !participant.IsOwner).DisplayName);
        Assert.IsFalse(present.Single(static participant => !participant.IsOwner).IsVerified);
    }

    [TestMethod]
    public async Task A_link_without_a_key_lets_in_but_not_speak()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await room.Timeline.SayAsync("secret");
        using var link = room.CreateLink();
        var stranger = await world.GuestAsync("Eve");

        await using var joined = await stranger.Rooms.JoinAsync(link.RoomUrl.AbsoluteUri);

        Assert.AreEqual(ErrorCodes.NoKey, joined.Details.Context.Code);
        CollectionAssert.AreEqual(new[] { "[no_key]" }, await joined.ReadAllAsync());
        await Check.FailsAsync(ErrorCodes.NoKey, joined.Timeline.SayAsync("Hello?"));
        Assert.ThrowsExactly<LoopException>(() => joined.CreateLink());
    }

    [TestMethod]
    public async Task A_room_says_why_it_does_not_let_in()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).Rooms.CreateAsync(new NewRoom { MaxSize = 2 });
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        var eve = await world.GuestAsync("Eve");

        await Check.FailsAsync(ErrorCodes.RoomFull, eve.JoinAsync(room));
        await room.UpdateAsync(new RoomChanges { Locked = true, MaxSize = 8 });
        await Check.FailsAsync(ErrorCodes.RoomLocked, eve.JoinAsync(room));
        await room.UpdateAsync(new RoomChanges { Locked = false });
        await Check.FailsAsync(ErrorCodes.TooManyForClient, eve.JoinAsync(room, new RoomJoin { MaxSize = 1 }));
        await Check.FailsAsync(ErrorCodes.InvalidName, eve.JoinAsync(room, new RoomJoin { DisplayName = "Eve\u202E" }));
        await Check.FailsAsync(ErrorCodes.InvalidLink, eve.Rooms.JoinAsync("https://hello.example/r/abc#v2.1.short"));
        await Check.FailsAsync(ErrorCodes.RoomNotFound, eve.Rooms.JoinAsync("https://hello.example/r/_nxD4V4FflQ"));
        await Check.FailsAsync(ErrorCodes.AccountRequired, eve.Rooms.Owned.SubscribeAsync().FirstAsync().AsTask());
        await using var joined = await eve.JoinAsync(room);
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => eve.JoinAsync(room));
    }
}
