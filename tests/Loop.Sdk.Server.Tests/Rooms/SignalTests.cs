using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class SignalTests
{
    [TestMethod]
    public async Task Signals_reach_those_who_are_in_the_room()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await ada.JoinAsync(token);
        await bob.JoinAsync(token, member: Sealed.Member("m-bob"));
        await using var signals = ada.Timeline.SignalsAsync(new RoomRef(token)).GetAsyncEnumerator();
        var next = signals.MoveNextAsync().AsTask();
        var version = 0;
        while (!next.IsCompleted)
        {
            await bob.Timeline.SignalAsync(Sealed.Signal(token, "typing", ++version));
        }

        Assert.IsTrue(await next);
        Assert.AreEqual(("m-bob", "typing", 2), (signals.Current.Author, signals.Current.Kind, signals.Current.Envelope.Span[0]));
    }

    [TestMethod]
    public async Task Signals_are_refused_when_malformed_or_from_no_member()
    {
        await using var world = await RoomsWorld.StartAsync();
        var bob = world.User("bob");
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        await bob.JoinAsync(token);
        Assert.AreEqual(ErrorCodes.MemberTaken, await bob.Timeline.SignalAsync(Sealed.Signal(token, "typing", 1)).CodeAsync());
        await bob.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-bob")));
        await bob.Timeline.SignalAsync(Sealed.Signal(token, "typing", 1));
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.SignalAsync(Sealed.Signal(token, "", 1)).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.SignalAsync(Sealed.Signal(token, "typing", 0)).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await bob.Timeline.SignalAsync(Sealed.Signal(token, "typing", 1) with { Envelope = new byte[4097] }).CodeAsync());
    }

    [TestMethod]
    public async Task Signals_end_when_their_reader_is_kicked()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var joined = await bob.JoinAsync(token);
        var signals = bob.Timeline.SignalsAsync(new RoomRef(token)).CodeAsync();
        await bob.Rooms.RefreshAsync(new RoomRef(token));
        await ada.Rooms.KickAsync(new KickParticipant { Token = token, Participant = joined.Participant.Id });
        Assert.AreEqual(ErrorCodes.Kicked, await signals);
    }
}
