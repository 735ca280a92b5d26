using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class JoinTests
{
    [TestMethod]
    public async Task Account_joins_and_others_see_it()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await using var seen = ada.Participants(token);
        await seen.ReadyAsync();
        Assert.IsEmpty(seen.State);

        var joined = await bob.JoinAsync(token, "Bob", member: Sealed.Member("m-bob"));
        Assert.AreEqual(("Bob", "m-bob", false, false, world.Clock.GetUtcNow()), Describe(joined.Participant));
        Assert.AreEqual((300_000, world.Clock.GetUtcNow().AddMinutes(5)), (joined.Lease.ExpiresInMs, joined.Lease.ExpiresAt));
        Assert.AreEqual((RoomAccess.Participant, joined.Participant), (joined.Room.Access, joined.Room.Participants!.Single()));
        Assert.IsNull(joined.Guest);
        await seen.UntilAsync(static state => state.Count == 1);
        Assert.AreEqual(joined.Participant, seen.State[joined.Participant.Id]);

        var owner = await ada.JoinAsync(token, "Ada");
        Assert.AreEqual((RoomAccess.Owner, true, "wrapped-1"), (owner.Room.Access, owner.Participant.IsOwner, owner.Room.WrappedKey));
        Assert.HasCount(2, owner.Room.Participants!);
    }

    [TestMethod]
    public async Task Guest_gets_a_credential_and_is_the_same_guest_with_it()
    {
        await using var world = await RoomsWorld.StartAsync();
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var guest = world.User(null);
        var joined = await guest.JoinAsync(token, "Gus", device: "d1", member: Sealed.Member("m-gus"));
        Assert.AreEqual((true, false), (joined.Participant.IsGuest, joined.Participant.IsOwner));
        Assert.AreEqual(world.Clock.GetUtcNow().AddMinutes(5), joined.Guest!.ExpiresAt);
        Assert.DoesNotContain(joined.Guest.Credential, joined.Guest.ToString());

        // From another session, with the same device: the one participation is replaced. With another device: there are two.
        var again = await world.User(null).JoinAsync(token, "Gus", device: "d1", guest: joined.Guest.Credential, member: Sealed.Member("m-gus"));
        Assert.AreEqual(joined.Guest.Credential, again.Guest!.Credential);
        Assert.AreEqual(again.Participant, again.Room.Participants!.Single());
        Assert.AreEqual(ErrorCodes.NotParticipant, await guest.Rooms.RefreshAsync(new RoomRef(token)).CodeAsync());
        Assert.HasCount(2, (await world.User(null).JoinAsync(token, device: "d2", guest: joined.Guest.Credential)).Room.Participants!);
    }

    [TestMethod]
    public async Task Guests_credential_counts_in_its_room_only()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var other = (await RoomsWorld.CreateAsync(ada)).Token;
        var guest = world.User(null);
        var credential = (await guest.JoinAsync(token)).Guest!.Credential;
        Assert.AreEqual(ErrorCodes.GuestScope, await guest.JoinAsync(other, guest: credential).CodeAsync());
        Assert.AreEqual(ErrorCodes.GuestRefused, await guest.JoinAsync(other, guest: other + credential[token.Length..]).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await guest.Rooms.Participants(new RoomRef(other)).SubscribeAsync().CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await guest.Timeline.PageAsync(new PageQuery { Token = other }).CodeAsync());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("garbage")]
    [DataRow("a.b.c.d")]
    [DataRow("{token}.id.c2VjcmV0")]
    [DataRow("{token}..")]
    [DataRow("{token}.\u0000.x")]
    public async Task Guests_credential_is_refused_when_malformed(string credential)
    {
        await using var world = await RoomsWorld.StartAsync();
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var presented = credential.Replace("{token}", token, StringComparison.Ordinal);
        Assert.AreEqual(ErrorCodes.GuestRefused, await world.User(null).JoinAsync(token, guest: presented).CodeAsync());
        Assert.AreEqual(ErrorCodes.GuestRefused, await world.User("eve").JoinAsync(token, guest: presented + new string('x', 300)).CodeAsync());
    }

    [TestMethod]
    public async Task Guests_credential_is_refused_when_a_bit_of_the_secret_is_wrong()
    {
        await using var world = await RoomsWorld.StartAsync();
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var credential = (await world.User(null).JoinAsync(token)).Guest!.Credential;
        var place = credential.LastIndexOf('.') + 1;
        var changed = credential[..place] + (credential[place] == 'A' ? 'B' : 'A') + credential[(place + 1)..];
        Assert.AreEqual(ErrorCodes.GuestRefused, await world.User(null).JoinAsync(token, guest: changed).CodeAsync());
    }

    [TestMethod]
    public async Task Guests_credential_ends_with_the_last_participation_that_leaves()
    {
        await using var world = await RoomsWorld.StartAsync();
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var (one, two) = (world.User(null), world.User(null));
        var credential = (await one.JoinAsync(token)).Guest!.Credential;
        await two.JoinAsync(token, guest: credential);
        await one.Rooms.LeaveAsync(new RoomRef(token));
        await one.JoinAsync(token, guest: credential);
        await one.Rooms.LeaveAsync(new RoomRef(token));
        await two.Rooms.LeaveAsync(new RoomRef(token));
        Assert.AreEqual(ErrorCodes.GuestRefused, await one.JoinAsync(token, guest: credential).CodeAsync());
    }

    /// <summary>Who is in the room, with how many their clients can be; who wants to join; what comes of it. The room is ada's.</summary>
    [TestMethod]
    [DataRow(1, "", "ada", null)]
    [DataRow(1, "", "bob", ErrorCodes.RoomFull)]
    [DataRow(2, "", "bob", null)]
    [DataRow(2, "bob", "cyd", ErrorCodes.RoomFull)]
    [DataRow(2, "bob", "ada", null)]
    [DataRow(2, "ada", "bob", null)]
    [DataRow(2, "ada bob", "cyd", ErrorCodes.RoomFull)]
    [DataRow(3, "bob", "cyd", null)]
    [DataRow(3, "ada bob", "cyd", null)]
    [DataRow(5, "ada:2", "bob", null)]
    [DataRow(5, "ada:2 bob", "cyd", ErrorCodes.RoomFull)]
    [DataRow(5, "bob:3 cyd", "dan", ErrorCodes.RoomFull)]
    [DataRow(5, "bob", "cyd:1", ErrorCodes.TooManyForClient)]
    [DataRow(5, "bob", "cyd:2", null)]
    [DataRow(2, "bob", "bob", null)]
    [DataRow(3, "bob bob", "cyd", ErrorCodes.RoomFull)]
    [DataRow(2, "", "-", null)]
    [DataRow(2, "-", "-", ErrorCodes.RoomFull)]
    public async Task Seats_are_given_as_the_table_says(int size, string present, string joins, string? code)
    {
        await using var world = await RoomsWorld.StartAsync();
        var token = (await RoomsWorld.CreateAsync(world.User("ada"), room => room with { MaxSize = size })).Token;
        foreach (var who in present.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await JoinAsync(world, token, who);
        }

        if (code is null)
        {
            await JoinAsync(world, token, joins);
        }
        else
        {
            Assert.AreEqual(code, await JoinAsync(world, token, joins).CodeAsync());
        }
    }

    [TestMethod]
    public async Task Locked_room_takes_only_the_owner_and_those_who_are_in_it()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob, guest) = (world.User("ada"), world.User("bob"), world.User(null));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await bob.JoinAsync(token);
        var credential = (await guest.JoinAsync(token)).Guest!.Credential;
        await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, Locked = true });
        Assert.AreEqual(ErrorCodes.RoomLocked, await world.User("cyd").JoinAsync(token).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomLocked, await world.User(null).JoinAsync(token).CodeAsync());
        await ada.JoinAsync(token);
        await world.User("bob").JoinAsync(token);
        await world.User(null).JoinAsync(token, guest: credential);
        await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, Locked = false });
        await world.User("cyd").JoinAsync(token);
    }

    [TestMethod]
    public async Task Session_is_in_a_room_once_whatever_device_it_says_it_is()
    {
        await using var world = await RoomsWorld.StartAsync();
        var bob = world.User("bob");
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var first = await bob.JoinAsync(token, device: "d1");
        var second = await bob.JoinAsync(token, device: "d2");
        var third = await bob.JoinAsync(token);
        Assert.AreNotEqual(first.Participant.Id, second.Participant.Id);
        Assert.AreEqual(third.Participant.Id, (await bob.Rooms.GetAsync(new RoomRef(token))).Participants!.Single().Id);
        await bob.Rooms.LeaveAsync(new RoomRef(token));
        Assert.AreEqual(ErrorCodes.NotParticipant, await bob.Rooms.LeaveAsync(new RoomRef(token)).CodeAsync());
    }

    [TestMethod]
    public async Task Session_is_in_as_many_rooms_as_allowed()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxRoomsPerSession = 2);
        var ada = world.User("ada");
        string[] tokens = [(await RoomsWorld.CreateAsync(ada)).Token, (await RoomsWorld.CreateAsync(ada)).Token, (await RoomsWorld.CreateAsync(ada)).Token];
        await ada.JoinAsync(tokens[0]);
        await ada.JoinAsync(tokens[1]);
        Assert.AreEqual(ErrorCodes.ResourceExhausted, await ada.JoinAsync(tokens[2]).CodeAsync());
        await ada.JoinAsync(tokens[1]);
        await ada.Rooms.LeaveAsync(new RoomRef(tokens[0]));
        await ada.JoinAsync(tokens[2]);
    }

    [TestMethod]
    public async Task Unknown_room_is_not_joined()
    {
        await using var world = await RoomsWorld.StartAsync();
        Assert.AreEqual(ErrorCodes.RoomNotFound, await world.User("ada").JoinAsync("AAAAAAAAAAA").CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomNotFound, await world.User(null).JoinAsync("AAAAAAAAAAA", member: Sealed.Member("m")).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomNotFound, await world.User(null).Rooms.Watch(new RoomRef("AAAAAAAAAAA")).SubscribeAsync().CodeAsync());
    }

    [TestMethod]
    public async Task Join_is_refused_when_malformed()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxDisplayName = 5);
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        Assert.AreEqual(ErrorCodes.InvalidName, await ada.JoinAsync(token, "Ada Lovelace").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidName, await ada.JoinAsync(token, "a\u202Ed").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.JoinAsync(token, size: 0).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.JoinAsync(token, device: new string('d', 65)).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.JoinAsync(token, member: Sealed.Member("m", version: 0)).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.JoinAsync(token, member: Sealed.Member("m") with { Envelope = default }).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await ada.JoinAsync(token, member: Sealed.Member("m", length: 8193)).CodeAsync());
        Assert.AreEqual(ErrorCodes.StaleEpoch, await ada.JoinAsync(token, member: Sealed.Member("m", epoch: 2)).CodeAsync());
    }

    [TestMethod]
    public async Task Anonymous_callers_need_not_be_allowed()
    {
        await using var world = await RoomsWorld.StartAsync(server: static options => options.AllowAnonymous = false);
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        Assert.AreEqual(ErrorCodes.Unauthenticated, await world.User(null).JoinAsync(token).CodeAsync());
    }

    private static (string Name, string? Member, bool IsOwner, bool IsGuest, DateTimeOffset JoinedAt) Describe(ParticipantInfo participant) =>
        (participant.DisplayName, participant.Member, participant.IsOwner, participant.IsGuest, participant.JoinedAt);

    private static Task<JoinedRoom> JoinAsync(RoomsWorld world, string token, string who)
    {
        var parts = who.Split(':');
        return world.User(parts[0] == "-" ? null : parts[0]).JoinAsync(token, size: parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null);
    }
}
