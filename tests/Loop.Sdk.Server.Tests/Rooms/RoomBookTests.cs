using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class RoomBookTests
{
    private static readonly TimeSpan EightWeeks = TimeSpan.FromDays(56);

    [TestMethod]
    public async Task Room_is_what_was_asked_for_when_created()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var room = await RoomsWorld.CreateAsync(ada, static room => room with { MaxSize = 3, OwnerName = "Ada", Locked = true });
        Assert.AreEqual((22, RoomAccess.Owner, 3, 3, true, 1L, 1), (room.Token.Length, room.Access, room.MaxSize, room.ClientMaxSize, room.Locked, room.Version, room.Epoch));
        Assert.AreEqual(("Ada", "wrapped-1", Sealed.Context(1, 1)), (room.OwnerName, room.WrappedKey, room.Context));
        Assert.AreEqual((world.Clock.GetUtcNow(), world.Clock.GetUtcNow() + EightWeeks), (room.CreatedAt, room.ExpiresAt));
        Assert.IsEmpty(room.Participants!);
        Assert.AreEqual(room with { Participants = null }, (await ada.Rooms.GetAsync(new RoomRef(room.Token))) with { Participants = null });
    }

    [TestMethod]
    public async Task Room_needs_no_context_and_no_reserved_token()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxParticipants = 5);
        var room = await world.User("ada").Rooms.CreateAsync(new CreateRoom { RoomName = "Plans", ExpiresInSeconds = 60 });
        Assert.AreEqual(("Plans", 5, 0, world.Clock.GetUtcNow().AddMinutes(1)), (room.RoomName, room.MaxSize, room.Epoch, room.ExpiresAt));
    }

    [TestMethod]
    public async Task Create_gives_the_room_that_is_there_when_called_again()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var room = await RoomsWorld.CreateAsync(ada);
        var again = new CreateRoom { Token = room.Token, Epoch = 1, Context = Sealed.Context(1, 9) };
        Assert.AreEqual(Sealed.Context(1, 1), (await ada.Rooms.CreateAsync(again)).Context);
        Assert.AreEqual(ErrorCodes.TokenNotReserved, await world.User("eve").Rooms.CreateAsync(again).CodeAsync());
    }

    [TestMethod]
    public async Task Token_counts_once_and_on_its_session_only()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var reserved = await ada.Rooms.ReserveAsync();
        var room = new CreateRoom { Token = reserved.Token };
        Assert.AreEqual(ErrorCodes.TokenNotReserved, await world.User("ada").Rooms.CreateAsync(room).CodeAsync());
        await ada.Rooms.CreateAsync(room);
        await ada.Rooms.DeleteAsync(new DeleteRooms([reserved.Token]));
        Assert.AreEqual(ErrorCodes.TokenNotReserved, await ada.Rooms.CreateAsync(room).CodeAsync());
    }

    [TestMethod]
    public async Task Tokens_that_are_not_used_are_forgotten_when_there_are_too_many()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var first = await ada.Rooms.ReserveAsync();
        var second = await ada.Rooms.ReserveAsync();
        for (var index = 0; index < 31; index++)
        {
            await ada.Rooms.ReserveAsync();
        }

        Assert.AreEqual(ErrorCodes.TokenNotReserved, await ada.Rooms.CreateAsync(new CreateRoom { Token = first.Token }).CodeAsync());
        await ada.Rooms.CreateAsync(new CreateRoom { Token = second.Token });
    }

    [TestMethod]
    public async Task Anonymous_callers_and_impostors_own_nothing()
    {
        await using var world = await RoomsWorld.StartAsync();
        foreach (var user in new[] { world.User(null), world.User("guest:ada") })
        {
            Assert.AreEqual(ErrorCodes.AccountRequired, await user.Rooms.ReserveAsync().CodeAsync());
            Assert.AreEqual(ErrorCodes.AccountRequired, await user.Rooms.CreateAsync(new CreateRoom()).CodeAsync());
            Assert.AreEqual(ErrorCodes.AccountRequired, await user.Rooms.DeleteAsync(new DeleteRooms(["AAAAAAAAAAA"])).CodeAsync());
            Assert.AreEqual(ErrorCodes.AccountRequired, await user.Rooms.List().SubscribeAsync().CodeAsync());
        }
    }

    [TestMethod]
    public async Task Owner_has_no_more_rooms_than_allowed()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxRoomsPerOwner = 2);
        var ada = world.User("ada");
        var room = await RoomsWorld.CreateAsync(ada);
        await RoomsWorld.CreateAsync(ada);
        Assert.AreEqual(ErrorCodes.TooManyRooms, await RoomsWorld.CreateAsync(ada).CodeAsync());
        await RoomsWorld.CreateAsync(world.User("bob"));
        await ada.Rooms.DeleteAsync(new DeleteRooms([room.Token]));
        await RoomsWorld.CreateAsync(ada);
    }

    [TestMethod]
    public async Task Get_shows_as_much_as_the_reader_may_see()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob, guest) = (world.User("ada"), world.User("bob"), world.User(null));
        var token = (await RoomsWorld.CreateAsync(ada, static room => room with { OwnerName = "Ada" })).Token;
        foreach (var stranger in new[] { bob, guest })
        {
            var seen = await stranger.Rooms.GetAsync(new RoomRef(token));
            Assert.AreEqual(new RoomInfo { Token = token, Access = RoomAccess.Public, Context = Sealed.Context(1, 1), OwnerName = "Ada", Epoch = 1, Locked = false, Version = 1 }, seen);
        }

        await bob.JoinAsync(token, "Bob");
        var participant = await bob.Rooms.GetAsync(new RoomRef(token));
        Assert.AreEqual((RoomAccess.Participant, "Bob", null, 8), (participant.Access, participant.Participants!.Single().DisplayName, participant.WrappedKey, participant.MaxSize));
        var owner = await ada.Rooms.GetAsync(new RoomRef(token));
        Assert.AreEqual((RoomAccess.Owner, "wrapped-1", 1), (owner.Access, owner.WrappedKey, owner.Participants!.Count));
    }

    [TestMethod]
    public async Task Update_changes_what_is_given_and_not_the_expiry()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var room = await RoomsWorld.CreateAsync(ada, static room => room with { ExpiresInSeconds = 3600, OwnerName = "Ada" });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var updated = await ada.Rooms.UpdateAsync(new UpdateRoom { Token = room.Token, ExpectedVersion = 1, MaxSize = 4, Locked = true, OwnerName = "", Context = Sealed.Context(1, 2) });
        Assert.AreEqual((2L, 4, true, null, room.ExpiresAt), (updated.Version, updated.MaxSize, updated.Locked, updated.OwnerName, updated.ExpiresAt));
        Assert.AreEqual(2, updated.Context!.Version);

        await ada.JoinAsync(room.Token);
        Assert.AreEqual(room.ExpiresAt, (await ada.Rooms.GetAsync(new RoomRef(room.Token))).ExpiresAt);
        var lasting = await ada.Rooms.UpdateAsync(new UpdateRoom { Token = room.Token, ExpiresInSeconds = 0 });
        Assert.AreEqual(world.Clock.GetUtcNow() + EightWeeks, lasting.ExpiresAt);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(world.Clock.GetUtcNow() + EightWeeks, (await ada.JoinAsync(room.Token)).Room.ExpiresAt);
        var shorter = await ada.Rooms.UpdateAsync(new UpdateRoom { Token = room.Token, ExpiresInSeconds = 5 });
        Assert.AreEqual(world.Clock.GetUtcNow().AddSeconds(5), shorter.ExpiresAt);
    }

    [TestMethod]
    public async Task Update_is_refused_when_the_room_is_not_as_expected_or_not_ones_own()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await bob.JoinAsync(token);
        Assert.AreEqual(ErrorCodes.NotOwner, await bob.Rooms.UpdateAsync(new UpdateRoom { Token = token, Locked = true }).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomConflict, await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, ExpectedVersion = 2, Locked = true }).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomConflict, await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, Context = Sealed.Context(1, 1) }).CodeAsync());
        Assert.AreEqual(ErrorCodes.StaleEpoch, await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, Context = Sealed.Context(2, 2) }).CodeAsync());
        Assert.AreEqual(1, (await ada.Rooms.GetAsync(new RoomRef(token))).Version);
    }

    [TestMethod]
    public async Task Context_takes_the_name_in_clear_away()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var room = await ada.Rooms.CreateAsync(new CreateRoom { RoomName = "Plans", Epoch = 1 });
        var both = new UpdateRoom { Token = room.Token, RoomName = "More plans", Context = Sealed.Context(1, 1) };
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.Rooms.UpdateAsync(both).CodeAsync());
        Assert.IsNull((await ada.Rooms.UpdateAsync(both with { RoomName = null })).RoomName);
    }

    [TestMethod]
    public async Task Delete_says_what_came_of_each()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var own = (await RoomsWorld.CreateAsync(ada)).Token;
        var foreign = (await RoomsWorld.CreateAsync(bob)).Token;
        var deleted = await ada.Rooms.DeleteAsync(new DeleteRooms([foreign, own, "AAAAAAAAAAA"]));
        Assert.AreEqual(
            $"{foreign} not_owner, {own} , AAAAAAAAAAA room_not_found", string.Join(", ", deleted.Rooms.Select(static room => $"{room.Token} {room.Code}")));
        Assert.AreEqual(ErrorCodes.RoomNotFound, await ada.Rooms.GetAsync(new RoomRef(own)).CodeAsync());
        await bob.Rooms.GetAsync(new RoomRef(foreign));
    }

    [TestMethod]
    public async Task Room_is_gone_for_everybody_when_it_has_expired_before_it_is_swept()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.SweepInterval = TimeSpan.FromMinutes(10));
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada, static room => room with { ExpiresInSeconds = 60 })).Token;
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.AreEqual(ErrorCodes.RoomNotFound, await ada.Rooms.GetAsync(new RoomRef(token)).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomNotFound, await ada.JoinAsync(token).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomNotFound, await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, ExpiresInSeconds = 60 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomNotFound, await ada.Timeline.AppendAsync(Sealed.Entry(token, "m", "k")).CodeAsync());
        await using var list = ada.List();
        await list.ReadyAsync();
        Assert.IsEmpty(list.State);
    }

    [TestMethod]
    [DataRow("size 0")]
    [DataRow("size 9")]
    [DataRow("lifetime 0")]
    [DataRow("lifetime")]
    [DataRow("epoch")]
    [DataRow("both")]
    [DataRow("key")]
    [DataRow("short")]
    [DataRow("alphabet")]
    [DataRow("algorithm")]
    [DataRow("version")]
    [DataRow("author")]
    [DataRow("large")]
    [DataRow("other kind")]
    public async Task Create_is_refused_when_malformed(string what)
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxContext = 300);
        var context = Sealed.Context(1, 1);
        var room = new CreateRoom { Epoch = 1, Context = context };
        var bad = what switch
        {
            "size 0" => room with { MaxSize = 0 },
            "size 9" => room with { MaxSize = 9 },
            "lifetime 0" => room with { ExpiresInSeconds = 0 },
            "lifetime" => room with { ExpiresInSeconds = (long)EightWeeks.TotalSeconds + 1 },
            "epoch" => room with { Epoch = -1 },
            "both" => room with { RoomName = "Plans" },
            "key" => room with { WrappedKey = new string('x', 1025) },
            "short" => room with { Context = context with { Value = "AgAAAAAB" } },
            "alphabet" => room with { Context = context with { Value = context.Value[..^1] + "=" } },
            "algorithm" => room with { Context = context with { Algorithm = "ROT13" } },
            "version" => room with { Context = context with { Version = 0 } },
            "author" => room with { Context = context with { Author = "\u0007" } },
            "large" => room with { Context = Sealed.Context(1, 1, length: 300) },
            _ => room with { Context = context with { Value = "B" + context.Value[1..] } },
        };
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.User("ada").Rooms.CreateAsync(bad).CodeAsync());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("short")]
    [DataRow("AAAAAAAAAA/")]
    [DataRow("AAAAAAAAAAÄ")]
    public async Task Token_is_refused_when_malformed(string token)
    {
        await using var world = await RoomsWorld.StartAsync();
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.User("ada").Rooms.GetAsync(new RoomRef(token)).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.User("ada").Rooms.GetAsync(new RoomRef(new string('A', 129))).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.User("ada").Rooms.Watch(new RoomRef(token)).SubscribeAsync().CodeAsync());
    }

    [TestMethod]
    public async Task Original_envelope_is_taken_for_rooms_without_epochs()
    {
        await using var world = await RoomsWorld.StartAsync();
        var value = "AAECAwQFBgcICQoLy9FcMwg7sjK3JKOPdmETdE2S0ZfK70BV8TpEXoYfq3032FDxUxaiGMC74te0\r\n9GTxWXM4xk6c+/aY==";
        var room = await world.User("ada").Rooms.CreateAsync(new CreateRoom { Context = new SealedContext { Value = value, Algorithm = "AES-GCM", Version = 1 } });
        Assert.AreEqual(value, room.Context!.Value);
    }
}
