using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.WebRtc.Harness;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Server.Tests.WebRtc;

[TestClass]
public sealed class SignalingTests
{
    [TestMethod]
    public async Task Signals_reach_the_one_they_are_for_in_order_with_their_sender()
    {
        await using var world = await PeersWorld.StartAsync();
        var carol = await world.JoinAsync("carol");
        await world.Ada.SendAsync(world.Bob.Id);
        await using var signals = await world.Bob.ListenAsync();
        await using var others = await carol.ListenAsync();
        await world.Ada.SendAsync(world.Bob.Id);
        await world.Ada.SendAsync(carol.Id);
        for (var version = 1; version <= 2; version++)
        {
            Assert.IsTrue(await signals.MoveNextAsync());
            Assert.AreEqual((SignalDelivery.Signal, world.Ada.Id, "m-ada", version), (signals.Current.Kind, signals.Current.From, signals.Current.Author, (int)signals.Current.Version));
            Assert.AreEqual(100, signals.Current.Envelope.Length);
        }

        Assert.IsTrue(await others.MoveNextAsync());
        Assert.AreEqual(3, others.Current.Version);
    }

    [TestMethod]
    public async Task Receiver_is_told_whose_signals_are_lost_when_too_many_wait()
    {
        await using var world = await PeersWorld.StartAsync(static options => options.MaxWaitingSignals = 16);
        var carol = await world.JoinAsync("carol");
        await carol.SendAsync(world.Bob.Id);
        for (var count = 0; count < 16; count++)
        {
            await world.Ada.SendAsync(world.Bob.Id);
        }

        await world.Ada.SendAsync(world.Bob.Id);
        await using var signals = await world.Bob.ListenAsync();
        var lost = new List<string>();
        for (var count = 0; count < 2; count++)
        {
            Assert.IsTrue(await signals.MoveNextAsync());
            Assert.AreEqual(SignalDelivery.Lost, signals.Current.Kind);
            lost.Add(signals.Current.From!);
        }

        CollectionAssert.AreEquivalent(new[] { world.Ada.Id, carol.Id }, lost);
        Assert.IsTrue(await signals.MoveNextAsync());
        Assert.AreEqual(17, signals.Current.Version);
    }

    [TestMethod]
    public async Task Bytes_that_wait_are_bounded_as_signals_are()
    {
        await using var world = await PeersWorld.StartAsync(static options => options.MaxWaitingBytes = 128 * 1024);
        for (var count = 0; count < 3; count++)
        {
            await world.Ada.SendAsync(world.Bob.Id, 64 * 1024);
        }

        await using var signals = await world.Bob.ListenAsync();
        Assert.IsTrue(await signals.MoveNextAsync());
        Assert.AreEqual(SignalDelivery.Lost, signals.Current.Kind);
    }

    [TestMethod]
    public async Task Later_reader_takes_the_place_of_the_one_before()
    {
        await using var world = await PeersWorld.StartAsync();
        await using var first = await world.Bob.ListenAsync();
        await using var second = await world.Bob.ListenAsync();
        Assert.IsFalse(await first.MoveNextAsync());
        await world.Ada.SendAsync(world.Bob.Id);
        Assert.IsTrue(await second.MoveNextAsync());
        Assert.AreEqual(SignalDelivery.Signal, second.Current.Kind);
    }

    [TestMethod]
    public async Task Signals_are_refused_when_malformed_too_large_or_to_nobody()
    {
        await using var world = await PeersWorld.StartAsync();
        Assert.AreEqual(ErrorCodes.PeerNotFound, await world.Ada.SendAsync("nobody").CodeAsync());
        Assert.AreEqual(ErrorCodes.PeerNotFound, await world.Ada.SendAsync(world.Ada.Id).CodeAsync());
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await world.Ada.SendAsync(world.Bob.Id, (64 * 1024) + 1).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.Ada.SendAsync("").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.Ada.SendAsync(world.Bob.Id, 0).CodeAsync());
        var bad = new AddressedSignal { Token = world.Token, To = world.Bob.Id, Version = 0, Envelope = new byte[100] };
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.Ada.Peers.SendAsync(bad).CodeAsync());
        var stranger = world.World.User("eve").Client.Service<IPeerSignaling>();
        Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.SendAsync(bad with { Version = 1 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.ReceiveAsync(world.Ada.Room).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.IceServersAsync(world.Ada.Room).CodeAsync());
    }

    [TestMethod]
    public async Task Signals_of_who_joined_without_an_announcement_are_refused()
    {
        await using var world = await PeersWorld.StartAsync();
        var user = world.World.User("dan");
        await user.JoinAsync(world.Token);
        var signal = new AddressedSignal { Token = world.Token, To = world.Bob.Id, Version = 1, Envelope = new byte[100] };
        Assert.AreEqual(ErrorCodes.MemberTaken, await user.Client.Service<IPeerSignaling>().SendAsync(signal).CodeAsync());
    }

    [TestMethod]
    public async Task Signalling_too_often_is_refused_and_may_be_tried_again()
    {
        await using var world = await PeersWorld.StartAsync(static options => options.SignalRate = new RateLimit(1, 2));
        await world.Ada.SendAsync(world.Bob.Id);
        await world.Ada.SendAsync(world.Bob.Id);
        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => world.Ada.SendAsync(world.Bob.Id));
        Assert.AreEqual((ErrorCodes.RateLimited, true), (error.Code, error.Retryable));
        world.World.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Ada.SendAsync(world.Bob.Id);
    }

    [TestMethod]
    public async Task Stream_ends_and_the_mailbox_goes_when_the_reader_is_kicked()
    {
        await using var world = await PeersWorld.StartAsync();
        await using var signals = await world.Bob.ListenAsync();
        await world.Ada.User.Rooms.KickAsync(new KickParticipant { Token = world.Token, Participant = world.Bob.Id });
        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => signals.MoveNextAsync().AsTask());
        Assert.AreEqual(ErrorCodes.Kicked, error.Code);
        Assert.AreEqual(ErrorCodes.PeerNotFound, await world.Ada.SendAsync(world.Bob.Id).CodeAsync());
        Assert.AreEqual(0, world.Core.Mailboxes.Count);
    }
}
