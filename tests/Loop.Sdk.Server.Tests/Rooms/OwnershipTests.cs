using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class OwnershipTests
{
    [TestMethod]
    public async Task Room_is_given_to_somebody_who_is_in_it()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var joined = await bob.JoinAsync(token, "Bob");
        await using var before = ada.List();
        await using var after = bob.List();
        await using var followed = ada.Changes(token);
        await using var seen = bob.Participants(token);
        await Task.WhenAll(before.UntilAsync(state => state.ContainsKey(token)), after.ReadyAsync(), followed.ReadyAsync(), seen.ReadyAsync());

        var left = await ada.Rooms.TransferAsync(new TransferRoom { Token = token, Participant = joined.Participant.Id, OwnerName = "Bob", ExpectedVersion = 1 });
        Assert.AreEqual((RoomAccess.Public, "Bob", 2L), (left.Access, left.OwnerName, left.Version));
        await before.UntilAsync(static state => state.Count == 0);
        await after.UntilAsync(state => state.GetValueOrDefault(token)?.Access == RoomAccess.Owner);
        Assert.IsNull(after.State[token].WrappedKey);
        await seen.UntilAsync(static state => state.Values.Single().IsOwner);
        Assert.AreEqual(ErrorCodes.NotParticipant, await followed.CodeAsync());
        Assert.AreEqual(ErrorCodes.NotOwner, await ada.Rooms.UpdateAsync(new UpdateRoom { Token = token, Locked = true }).CodeAsync());
        Assert.AreEqual("wrapped-bob", (await bob.Rooms.UpdateAsync(new UpdateRoom { Token = token, WrappedKey = "wrapped-bob" })).WrappedKey);
    }

    [TestMethod]
    public async Task Transfer_is_refused_when_the_new_owner_cannot_be_one()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxRoomsPerOwner = 1);
        var (ada, bob, guest) = (world.User("ada"), world.User("bob"), world.User(null));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await RoomsWorld.CreateAsync(bob);
        var own = (await ada.JoinAsync(token)).Participant.Id;
        var other = (await bob.JoinAsync(token)).Participant.Id;
        var nobody = (await guest.JoinAsync(token)).Participant.Id;
        var transfer = new TransferRoom { Token = token, Participant = other };
        Assert.AreEqual(ErrorCodes.NotOwner, await bob.Rooms.TransferAsync(transfer).CodeAsync());
        Assert.AreEqual(ErrorCodes.AccountRequired, await ada.Rooms.TransferAsync(transfer with { Participant = nobody }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.Rooms.TransferAsync(transfer with { Participant = own }).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await ada.Rooms.TransferAsync(transfer with { Participant = "none" }).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomConflict, await ada.Rooms.TransferAsync(transfer with { ExpectedVersion = 7 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidName, await ada.Rooms.TransferAsync(transfer with { OwnerName = "\u2067Bob" }).CodeAsync());
        Assert.AreEqual(ErrorCodes.TooManyRooms, await ada.Rooms.TransferAsync(transfer).CodeAsync());
        Assert.AreEqual(RoomAccess.Owner, (await ada.Rooms.GetAsync(new RoomRef(token))).Access);
    }

    [TestMethod]
    public async Task Rotation_changes_the_key_and_removes_in_one_step()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob, eve, guest) = (world.User("ada"), world.User("bob"), world.User("eve"), world.User(null));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await bob.JoinAsync(token, member: Sealed.Member("m-bob"));
        var removed = (await eve.JoinAsync(token)).Participant.Id;
        var alsoRemoved = await guest.JoinAsync(token);
        await using var watched = bob.Watch(token);
        await watched.ReadyAsync();

        var rotated = await ada.Rooms.RotateAsync(Rotation(token, 2) with { Removed = [removed, alsoRemoved.Participant.Id, "nobody"], Bar = true, ExpectedVersion = 1 });
        Assert.AreEqual((2, 2L, "wrapped-2", 1), (rotated.Epoch, rotated.Version, rotated.WrappedKey, rotated.Participants!.Count));
        await watched.UntilAsync(static room => room is { Epoch: 2, Context.Version: 2 });
        Assert.AreEqual(ErrorCodes.Kicked, await eve.Rooms.RefreshAsync(new RoomRef(token)).CodeAsync());
        Assert.AreEqual(ErrorCodes.Barred, await eve.JoinAsync(token).CodeAsync());
        Assert.AreEqual(ErrorCodes.GuestRefused, await guest.JoinAsync(token, guest: alsoRemoved.Guest!.Credential).CodeAsync());

        var notice = (await bob.Rooms.NoticesAsync(new NoticesQuery(token, "m-bob", 1)).DrainAsync()).Single();
        Assert.AreEqual((2, "m-ada", 7), (notice.Epoch, notice.Author, notice.Envelope.Span[0]));
        Assert.IsEmpty(await bob.Rooms.NoticesAsync(new NoticesQuery(token, "m-bob", 2)).DrainAsync());
        Assert.IsEmpty(await bob.Rooms.NoticesAsync(new NoticesQuery(token, "m-eve", 1)).DrainAsync());
        Assert.AreEqual(ErrorCodes.Kicked, await eve.Rooms.NoticesAsync(new NoticesQuery(token, "m-eve", 1)).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await world.User(null).Rooms.NoticesAsync(new NoticesQuery(token, "m-bob", 1)).CodeAsync());
    }

    [TestMethod]
    public async Task Rotation_does_nothing_when_it_does_not_follow()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var own = (await ada.JoinAsync(token)).Participant.Id;
        await bob.JoinAsync(token);
        Assert.AreEqual(ErrorCodes.NotOwner, await bob.Rooms.RotateAsync(Rotation(token, 2)).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomConflict, await ada.Rooms.RotateAsync(Rotation(token, 3)).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomConflict, await ada.Rooms.RotateAsync(Rotation(token, 2) with { ExpectedVersion = 9 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.RoomConflict, await ada.Rooms.RotateAsync(Rotation(token, 2) with { Context = Sealed.Context(2, 1) }).CodeAsync());
        Assert.AreEqual(ErrorCodes.StaleEpoch, await ada.Rooms.RotateAsync(Rotation(token, 2) with { Context = Sealed.Context(1, 2) }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.Rooms.RotateAsync(Rotation(token, 2) with { Removed = [own] }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.Rooms.RotateAsync(Rotation(token, 2) with { WrappedKey = "" }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await ada.Rooms.RotateAsync(Rotation(token, 2) with { Notices = [Key("m"), Key("m")] }).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await ada.Rooms.RotateAsync(Rotation(token, 2) with { Notices = [Key("m") with { Envelope = new byte[1025] }] }).CodeAsync());
        Assert.AreEqual(1, (await ada.Rooms.GetAsync(new RoomRef(token))).Epoch);
    }

    private static RotateRoom Rotation(string token, int epoch) => new()
    {
        Token = token,
        Epoch = epoch,
        WrappedKey = $"wrapped-{epoch}",
        Context = Sealed.Context(epoch, epoch),
        Notices = [Key("m-bob")],
    };

    private static SealedKey Key(string member) => new() { Member = member, Author = "m-ada", Envelope = new byte[] { 7 } };
}
