using Loop.Sdk.WebRtc;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.Testing.Tests.WebRtc;

/// <summary>A goodbye goes over the peers' own path, and is faster than what went over the server before it.</summary>
[TestClass]
public sealed class GoodbyeTests
{
    [TestMethod]
    public async Task Signal_that_is_overtaken_by_its_senders_goodbye_does_not_make_it_appear_again()
    {
        var network = new MemoryPeerNetwork();
        var engine = new RecordingFactory(network.CreateFactory("Ada"));
        await using var world = await MeshWorld.StartAsync(host => host == "Ada" ? engine : network.CreateFactory(host));
        var ada = await world.OwnerAsync();
        HeldPeers? server = null;
        var bob = await world.GuestAsync("Bob", lies: real => server = new HeldPeers(real));
        await Task.WhenAll(ada.PeerAsync(bob), bob.PeerAsync(ada));

        // An offer of new paths, over the server, which takes its time.
        server!.Hold();
        engine.Made.Single(static connection => connection.State == PeerConnectionState.Connected).RestartIce();
        await server.Arrived;
        var before = ada.Mesh.Id;
        await ada.Mesh.DisposeAsync();
        await bob.PeersAsync(static peers => peers.Count == 0);
        await server.LetOneAsync();
        Assert.IsEmpty(bob.Mesh.CurrentPeers);

        // Who really comes again, into the same room, is another mesh, and is there.
        server.End();
        await ada.EnterAsync(ada.Room, world.Options("Ada"));
        await world.SoonAsync(bob.PeerAsync(ada));
        Assert.AreNotEqual(before, bob.Mesh.CurrentPeers.Single().Id);
    }
}
