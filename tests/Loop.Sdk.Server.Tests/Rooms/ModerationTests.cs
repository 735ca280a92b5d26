using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class ModerationTests
{
    [TestMethod]
    public async Task Kicked_participant_is_out_with_all_devices_and_may_come_back()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob, phone) = (world.User("ada"), world.User("bob"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var joined = await bob.JoinAsync(token);
        await phone.JoinAsync(token);
        await using var seen = ada.Participants(token);
        await using var changes = phone.Changes(token);
        await Task.WhenAll(seen.UntilAsync(static state => state.Count == 2), changes.ReadyAsync());

        await ada.Rooms.KickAsync(new KickParticipant { Token = token, Participant = joined.Participant.Id });
        await seen.UntilAsync(static state => state.Count == 0);
        Assert.AreEqual(ErrorCodes.Kicked, await changes.CodeAsync());
        Assert.AreEqual(ErrorCodes.Kicked, await bob.Rooms.RefreshAsync(new RoomRef(token)).CodeAsync());
        Assert.AreEqual(ErrorCodes.Kicked, await bob.Timeline.AppendAsync(Sealed.Entry(token, "m", "k")).CodeAsync());
        Assert.AreEqual(ErrorCodes.Kicked, await bob.Rooms.Watch(new RoomRef(token)).SubscribeAsync().CodeAsync());
        await bob.JoinAsync(token);
        await bob.Rooms.RefreshAsync(new RoomRef(token));
    }

    [TestMethod]
    public async Task Kicked_guests_credential_ends()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, guest) = (world.User("ada"), world.User(null));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var joined = await guest.JoinAsync(token);
        await ada.Rooms.KickAsync(new KickParticipant { Token = token, Participant = joined.Participant.Id, Bar = true });
        Assert.AreEqual(ErrorCodes.GuestRefused, await guest.JoinAsync(token, guest: joined.Guest!.Credential).CodeAsync());
        await guest.JoinAsync(token);
    }

    [TestMethod]
    public async Task Barred_account_stays_out_until_it_is_pardoned()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var joined = await bob.JoinAsync(token);
        await ada.Rooms.KickAsync(new KickParticipant { Token = token, Participant = joined.Participant.Id, Bar = true });
        Assert.AreEqual(ErrorCodes.Barred, await bob.JoinAsync(token).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotOwner, await bob.Rooms.PardonAsync(new RoomRef(token)).CodeAsync());
        await ada.Rooms.PardonAsync(new RoomRef(token));
        await bob.JoinAsync(token);
    }

    [TestMethod]
    public async Task Kick_is_for_the_owner_and_of_others()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var own = await ada.JoinAsync(token);
        await bob.JoinAsync(token);
        Assert.AreEqual(ErrorCodes.NotOwner, await bob.Rooms.KickAsync(new KickParticipant { Token = token, Participant = own.Participant.Id }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.Rooms.KickAsync(new KickParticipant { Token = token, Participant = own.Participant.Id }).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await ada.Rooms.KickAsync(new KickParticipant { Token = token, Participant = "nobody" }).CodeAsync());
    }

    [TestMethod]
    public async Task Deleted_room_ends_for_everybody_in_it()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await bob.JoinAsync(token);
        await using var seen = bob.Participants(token);
        await using var watched = bob.Watch(token);
        await using var changes = ada.Changes(token);
        await Task.WhenAll(seen.ReadyAsync(), watched.ReadyAsync(), changes.ReadyAsync());
        var signals = bob.Timeline.SignalsAsync(new RoomRef(token)).CodeAsync();
        await ada.Rooms.DeleteAsync(new DeleteRooms([token]));
        Assert.AreEqual(ErrorCodes.RoomGone, await seen.CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomGone, await watched.CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomGone, await changes.CodeAsync());
        Assert.IsTrue(await signals is ErrorCodes.RoomGone);
        Assert.AreEqual(ErrorCodes.RoomGone, await bob.Rooms.RefreshAsync(new RoomRef(token)).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomNotFound, await bob.Rooms.GetAsync(new RoomRef(token)).CodeAsync());
    }

    [TestMethod]
    public async Task Room_is_followed_through_its_changes()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await bob.JoinAsync(token);
        await using var watched = bob.Watch(token);
        await watched.UntilAsync(static room => room!.Context!.Version == 1);
        Assert.AreEqual((RoomAccess.Participant, null, null), (watched.State!.Access, watched.State.Participants, watched.State.WrappedKey));
        await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, Context = Sealed.Context(1, 2), Locked = true });
        await watched.UntilAsync(static room => room is { Locked: true, Context.Version: 2 });
        await ada.JoinAsync(token, size: 3);
        await watched.UntilAsync(static room => room!.ClientMaxSize == 3);
    }
}
