using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class SweeperTests
{
    [TestMethod]
    public async Task Expired_room_is_removed_and_everybody_hears_of_it()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada, static room => room with { ExpiresInSeconds = 60 })).Token;
        await bob.JoinAsync(token, member: Sealed.Member("m-bob"));
        await using var list = ada.List();
        await using var seen = bob.Participants(token);
        await using var changes = ada.Changes(token);
        await Task.WhenAll(list.ReadyAsync(), seen.ReadyAsync(), changes.ReadyAsync());
        var gone = Task.WhenAll(seen.CodeAsync(), changes.CodeAsync());
        await world.PassUntilAsync(Task.WhenAll(gone, list.UntilAsync(static state => state.Count == 0)), ada, bob);
        Assert.AreEqual($"{ErrorCodes.RoomGone} {ErrorCodes.RoomGone}", string.Join(' ', await gone));
        Assert.IsNull(await world.Storage.Rooms.GetAsync(token, CancellationToken.None));
    }

    [TestMethod]
    public async Task Guests_credential_is_removed_when_it_has_expired()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, guest) = (world.User("ada"), world.User(null));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var credential = (await guest.JoinAsync(token)).Guest!.Credential;
        await guest.Client.DisposeAsync();
        Assert.IsNotNull(await Stored());
        await world.PassUntilAsync(async () => await Stored() is null, ada);
        Assert.AreEqual(ErrorCodes.GuestRefused, await world.User(null).JoinAsync(token, guest: credential).CodeAsync());

        Task<GuestRecord?> Stored() => world.Storage.Members.GetGuestAsync(token, credential.Split('.')[1], 0, CancellationToken.None);
    }

    [TestMethod]
    public async Task Old_entries_are_removed_from_rooms_that_nobody_uses()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.TimelineAge = TimeSpan.FromMinutes(5));
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await ada.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-ada")));
        await ada.Timeline.AppendAsync(Sealed.Entry(token, "m-ada", "k1"));
        await world.PassAsync(TimeSpan.FromMinutes(4), ada);
        await ada.Timeline.AppendAsync(Sealed.Entry(token, "m-ada", "k2"));
        Assert.HasCount(2, (await ada.Timeline.PageAsync(new PageQuery { Token = token })).Entries);
        await world.PassUntilAsync(async () => (await ada.Timeline.PageAsync(new PageQuery { Token = token })).Entries is [{ Key: "k2" }], ada);
    }

    [TestMethod]
    public async Task Sweeps_go_on_after_one_that_failed()
    {
        var failing = new FailingStorage();
        await using var world = await RoomsWorld.StartAsync((_, builder) => failing.AddTo(builder.Services));
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada, static room => room with { ExpiresInSeconds = 20 })).Token;
        await using var list = ada.List();
        await list.ReadyAsync();
        failing.FailSweeps = 2;
        await world.PassUntilAsync(list.UntilAsync(static state => state.Count == 0), ada);
        Assert.AreEqual(0, failing.FailSweeps);
        Assert.IsTrue(world.Logs.Entries.Any(static entry => entry.Contains("could not be removed", StringComparison.Ordinal)));
        Assert.AreEqual(ErrorCodes.RoomNotFound, await ada.Rooms.GetAsync(new RoomRef(token)).CodeAsync());
    }
}
