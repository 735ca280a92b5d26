using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms.Hostile;

[TestClass]
public sealed class LyingRoomsTests
{
    public static IEnumerable<object[]> Contexts =>
    [
        ["changed", ErrorCodes.Tampered, Change(static context => context with { Value = context.Value[..^12] + (context.Value[^12] == 'A' ? 'B' : 'A') + context.Value[^11..] })],
        ["cut off", ErrorCodes.Tampered, Change(static context => context with { Value = context.Value[..((context.Value.Length - 4) / 4 * 4)] })],
        ["nothing", ErrorCodes.InvalidEnvelope, Change(static context => context with { Value = "" })],
        ["not base64url", ErrorCodes.InvalidEnvelope, Change(static context => context with { Value = "=" + context.Value })],
        ["of another version", ErrorCodes.Tampered, Change(static context => context with { Version = context.Version + 1 })],
        ["of another kind", ErrorCodes.InvalidEnvelope, Change(static context => context with { Algorithm = "AES-GCM" })],
        ["of an unknown kind", ErrorCodes.InvalidEnvelope, Change(static context => context with { Algorithm = "rot13" })],
        ["without its author", ErrorCodes.ForgedAuthor, Change(static context => context with { Author = null })],
        ["of another author", ErrorCodes.Tampered, Change(static context => context with { Author = new string('A', 43) })],
        ["of an absurd size", ErrorCodes.ContentTooLarge, Change(static context => context with { Value = context.Value + new string('A', 8 << 20) })],
    ];

    [TestMethod]
    [DynamicData(nameof(Contexts))]
    public async Task A_context_that_was_changed_is_not_shown_and_the_room_can_be_used(string how, string code, Func<SealedContext, SealedContext> change)
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var victim = await Victim.OfAsync(world);
        await using var joined = await victim.JoinAsync(room);
        Assert.AreEqual("Plans", joined.Details.Name);
        victim.Rooms.Room = info => info with { Context = change(info.Context!) };

        await room.UpdateAsync(new RoomChanges { Context = new RoomContext { RoomName = "New" } });
        var details = await joined.UntilAsync(static details => details.Context.Status == ContextStatus.Unreadable);

        Assert.AreEqual(code, details.Context.Code, how);
        Assert.IsNull(details.Context.Value);
        Assert.IsNull(details.Name);
        await joined.Timeline.SayAsync("I am still here");
        CollectionAssert.AreEqual(new[] { "I am still here" }, await joined.ReadAllAsync());
    }

    [TestMethod]
    public async Task Contexts_and_keys_of_two_rooms_are_not_swapped()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.CreateJoinedAsync();
        await using var other = await owner.CreateJoinedAsync("Other");
        var foreign = await owner.Device.Service<IRooms>().GetAsync(new RoomRef(other.Token));
        await using var victim = await Victim.OwnerAsync(world);

        victim.Rooms.Room = info => info with { Context = foreign.Context };
        Assert.AreEqual(ErrorCodes.WrongKey, (await victim.Client.GetOwnedAsync(room.Token)).Context.Code);

        victim.Rooms.Room = info => info with { Context = foreign.Context, WrappedKey = foreign.WrappedKey };
        Assert.AreEqual(ErrorCodes.Tampered, (await victim.Client.GetOwnedAsync(room.Token)).Context.Code);

        victim.Rooms.Room = _ => foreign;
        await Check.FailsAsync(ErrorCodes.ProtocolError, victim.Client.GetOwnedAsync(room.Token));
        await Check.FailsAsync(ErrorCodes.ProtocolError, victim.Client.OpenAsync(room.Token));

        victim.Rooms.Room = static info => info;
        await using var opened = await victim.Client.OpenAsync(room.Token);
        Assert.AreEqual("Plans", opened.Details.Name);
    }

    [TestMethod]
    public async Task A_room_is_not_led_back_to_an_earlier_context_or_key()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.CreateJoinedAsync();
        var old = await owner.Device.Service<IRooms>().GetAsync(new RoomRef(room.Token));
        await using var victim = await Victim.OfAsync(world);
        var joined = await victim.JoinAsync(room);
        await room.UpdateAsync(new RoomChanges { Context = new RoomContext { RoomName = "Newer" } });
        await joined.UntilAsync(static details => details.Name == "Newer");

        victim.Rooms.Room = info => info with { Context = old.Context };
        await room.UpdateAsync(new RoomChanges { MaxSize = 4 });
        Assert.AreEqual(ErrorCodes.StaleVersion, (await joined.UntilAsync(static details => details.MaxSize == 4)).Context.Code);

        victim.Rooms.Room = static info => info;
        await room.RotateKeyAsync();
        await joined.UntilAsync(static details => details.Epoch == 2 && details.Name == "Newer");
        victim.Rooms.Room = info => info with { Context = old.Context, Epoch = 1 };
        await room.UpdateAsync(new RoomChanges { MaxSize = 5 });
        var back = await joined.UntilAsync(static details => details.MaxSize == 5);
        Assert.AreEqual(ErrorCodes.StaleEpoch, back.Context.Code);
        await Check.FailsAsync(ErrorCodes.StaleEpoch, joined.Timeline.SayAsync("under the old key?"));

        // Nor by joining again.
        await joined.DisposeAsync();
        await using var again = await victim.JoinAsync(room);
        Assert.AreEqual(ErrorCodes.StaleEpoch, again.Details.Context.Code);
    }

    [TestMethod]
    public async Task A_member_cannot_write_the_context_or_change_the_key_even_with_the_server()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        using var link = room.CreateLink();
        using var cipher = new RoomCipher(link.RoomToken, link.Key!);
        using var forger = MemberKey.Generate();
        await using var victim = await Victim.OfAsync(world);
        await using var joined = await victim.JoinAsync(room);
        var value = cipher.SealContext(new RoomContext { RoomName = "Forged" }, 50, forger);

        victim.Rooms.Room = info => info with { Context = new SealedContext { Algorithm = "loop.v2", Value = value, Version = 50, Author = forger.Identity.Id } };
        await room.UpdateAsync(new RoomChanges { MaxSize = 4 });
        var details = await joined.UntilAsync(static details => details.MaxSize == 4);
        Assert.AreEqual(ContextStatus.Unreadable, details.Context.Status);
        Assert.IsTrue(details.Context.Code is ErrorCodes.ForgedAuthor or ErrorCodes.UnknownAuthor, details.Context.Code);

        // A key that somebody else sealed is not taken, and nothing is sealed with it.
        victim.Rooms.Room = static info => info;
        using var next = link.Key!.Next();
        victim.Rooms.Notice = notice => notice with { Author = forger.Identity.Id, Envelope = cipher.SealRotation(next, forger.Identity, forger) };
        await room.RotateKeyAsync();
        Assert.AreEqual(ErrorCodes.UnknownEpoch, (await joined.UntilAsync(static details => details.Epoch == 2)).Context.Code);
        await Check.FailsAsync(ErrorCodes.UnknownEpoch, joined.Timeline.SayAsync("secret"));
        victim.Rooms.Notice = notice => notice with { Envelope = notice.Envelope[..^1] };
        await Check.FailsAsync(ErrorCodes.UnknownEpoch, world.SoonAsync(joined.Timeline.SayAsync("secret")));

        victim.Rooms.Notice = static notice => notice;
        await world.SoonAsync(Task.Delay(TimeSpan.FromSeconds(6), world.Clock));
        await joined.Timeline.SayAsync("for all of us");
        Assert.AreEqual("for all of us", (await room.ReadAllAsync())[0]);
    }

    [TestMethod]
    public async Task A_directory_that_swaps_keys_deceives_nobody()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await bob.Timeline.SayAsync("Bob's");
        using var link = room.CreateLink();
        using var cipher = new RoomCipher(link.RoomToken, link.Key!);
        using var forger = MemberKey.Generate();
        await using var victim = await Victim.OfAsync(world);
        victim.Rooms.Members = members =>
        [
            .. members.Select(member => member with { Announcement = member.Announcement with { Envelope = cipher.SealMember(forger, "Bob", member.Announcement.Version) } }),
            .. members.Zip(members.Skip(1), static (one, two) => one with { Announcement = one.Announcement with { Member = two.Announcement.Member } }),
            null!,
        ];
        await using var joined = await victim.JoinAsync(room);

        CollectionAssert.AreEqual(new[] { "[unknown_author]" }, await joined.ReadAllAsync());
        var present = await joined.UntilPresentAsync(static present => present.Count == 3);
        Assert.IsTrue(present.All(static participant => !participant.IsVerified && participant.DisplayName.Length == 0));

        victim.Rooms.Members = static members => members;
        await world.SoonAsync(Task.Delay(TimeSpan.FromSeconds(6), world.Clock));
        CollectionAssert.AreEqual(new[] { "Bob's" }, await joined.ReadAllAsync());
    }

    [TestMethod]
    public async Task Names_are_the_members_own_and_without_tricks()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        using var link = room.CreateLink();
        using var cipher = new RoomCipher(link.RoomToken, link.Key!);
        using var rogue = MemberKey.Generate();
        var guest = (await world.GuestAsync("Rogue")).Device.Service<IRooms>();
        var announcement = new SealedMember
        {
            Member = rogue.Identity.Id, Epoch = 1, Version = 1, Envelope = cipher.SealMember(rogue, "Ada\u202E\u200B\u0007" + new string('\u0301', 40), 1),
        };
        await guest.JoinAsync(new JoinRoom { Token = room.Token, Announcement = announcement });
        await using var victim = await Victim.OfAsync(world);
        victim.Rooms.Participant = static participant => participant with { DisplayName = "The administrator" };
        await using var joined = await victim.JoinAsync(room);

        var present = await joined.UntilPresentAsync(static present => present.Count == 3 && present.All(static participant => participant.IsVerified));

        var shown = present.Single(participant => participant.Member == rogue.Identity.Id);
        Assert.AreEqual("Ada\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", shown.DisplayName);
        Assert.IsTrue(shown.IsNameAltered);
        Assert.IsFalse(present.Any(static participant => participant.DisplayName == "The administrator"));
        Assert.IsFalse(present.Single(static participant => participant.DisplayName == "Ada").IsNameAltered);
    }

    [TestMethod]
    public async Task Feeds_with_holes_end_with_an_error_and_the_room_goes_on()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var victim = await Victim.OfAsync(world);
        await using var joined = await victim.JoinAsync(room);

        victim.Rooms.Participant = static _ => null!;
        await Check.FailsAsync(ErrorCodes.InvalidPayload, joined.Participants.SubscribeAsync().FirstAsync().AsTask());
        victim.Rooms.Room = static _ => null!;
        await room.UpdateAsync(new RoomChanges { MaxSize = 4 });
        await Check.FailsAsync(ErrorCodes.InvalidPayload, victim.Client.GetOwnedAsync(room.Token));
        victim.Rooms.Room = static info => info with { Token = "another", Access = (RoomAccess)99 };
        await room.UpdateAsync(new RoomChanges { MaxSize = 5 });
        await Check.FailsAsync(ErrorCodes.ProtocolError, victim.Client.GetOwnedAsync(room.Token));

        victim.Rooms.Room = static info => info;
        await room.UpdateAsync(new RoomChanges { MaxSize = 6 });
        await world.SoonAsync(joined.UntilAsync(static details => details.MaxSize == 6));
        await joined.Timeline.SayAsync("I am still here");
        Assert.AreEqual(RoomState.Joined, joined.State);
    }

    [TestMethod]
    public async Task A_list_of_rooms_with_holes_ends_with_an_error()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var victim = await Victim.OwnerAsync(world);

        victim.Rooms.Room = static _ => null!;
        await Check.FailsAsync(ErrorCodes.InvalidPayload, victim.Client.Owned.SubscribeAsync().FirstAsync().AsTask());
        victim.Rooms.Room = static info => info with { Participants = [null!] };
        await Check.FailsAsync(ErrorCodes.InvalidPayload, victim.Client.Owned.SubscribeAsync().FirstAsync().AsTask());
        victim.Rooms.Room = static info => info with { WrappedKey = string.Join('.', Enumerable.Repeat(info.WrappedKey, 1000)) };
        var unread = (await victim.Client.Owned.SubscribeAsync().FirstAsync()).Snapshot.Items.Single();
        Assert.AreEqual((ContextStatus.Unreadable, ErrorCodes.InvalidEnvelope), (unread.Context.Status, unread.Context.Code));
        victim.Rooms.Room = static info => info;
        Assert.AreEqual("Plans", (await victim.Client.Owned.SubscribeAsync().FirstAsync()).Snapshot.Items.Single().Name);
    }

    private static Func<SealedContext, SealedContext> Change(Func<SealedContext, SealedContext> change) => change;
}
