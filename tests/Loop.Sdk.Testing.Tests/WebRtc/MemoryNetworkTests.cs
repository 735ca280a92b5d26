using Loop.Sdk.WebRtc;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.Testing.Tests.WebRtc;

/// <summary>What tests can do with the network in memory.</summary>
[TestClass]
public sealed class MemoryNetworkTests
{
    private readonly FakeClock _clock = new();

    [TestMethod]
    public async Task Broken_paths_are_noticed_after_a_while_and_what_was_sent_waits_for_them()
    {
        var network = new MemoryPeerNetwork(_clock);
        var (pair, mine, theirs) = await Pairing.OpenAsync(network.CreateFactory("a"), network.CreateFactory("b"));
        await using var _ = pair;
        network.Cut("a", "b");
        await mine.SendAsync("late"u8.ToArray());
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.AreEqual(PeerConnectionState.Connected, pair.First.State);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.AreEqual((PeerConnectionState.Disconnected, PeerConnectionState.Disconnected), (pair.First.State, pair.Second.State));
        network.Restore();
        Assert.AreEqual("late", await theirs.MessagesAsync().Select(static message => message.ReadText()).FirstAsync());
        Assert.AreEqual(PeerConnectionState.Connected, pair.First.State);
        network.Cut();
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.AreEqual(PeerConnectionState.Failed, pair.First.State);
        network.Restore();
        Assert.AreEqual(PeerConnectionState.Failed, pair.First.State);
        pair.First.RestartIce();
        await Pairing.UntilAsync(pair.First, PeerConnectionState.Connected);
    }

    [TestMethod]
    public async Task Everything_takes_the_networks_latency()
    {
        var network = new MemoryPeerNetwork(_clock);
        var (pair, mine, theirs) = await Pairing.OpenAsync(network.CreateFactory(), network.CreateFactory());
        await using var _ = pair;
        network.Latency = TimeSpan.FromMilliseconds(50);
        await mine.SendAsync("x"u8.ToArray());
        var reading = theirs.MessagesAsync().Select(static message => message.ReadText()).FirstAsync().AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(49));
        Assert.IsFalse(reading.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.AreEqual("x", await reading);
    }

    [TestMethod]
    public async Task Unreliable_messages_are_gone_when_there_is_no_path()
    {
        var network = new MemoryPeerNetwork(_clock);
        var (pair, mine, theirs) = await Pairing.OpenAsync(network.CreateFactory(), network.CreateFactory(), channel: new DataChannelOptions { MaxRetransmits = 0 });
        await using var _ = pair;
        network.Cut();
        await mine.SendAsync("gone"u8.ToArray());
        network.Restore();
        await mine.SendAsync("there"u8.ToArray());
        Assert.AreEqual("there", await theirs.MessagesAsync().Select(static message => message.ReadText()).FirstAsync());
    }

    [TestMethod]
    public async Task Relay_policy_needs_a_relay()
    {
        var network = new MemoryPeerNetwork(_clock);
        var options = new PeerConnectionOptions { TransportPolicy = IceTransportPolicy.Relay };
        await using (var without = new Pairing(network.CreateFactory().Create(options), network.CreateFactory().Create()))
        {
            without.First.CreateDataChannel("x");
            await Pairing.UntilAsync(without.First, PeerConnectionState.Connecting);
            _clock.Advance(TimeSpan.FromSeconds(25));
            await Pairing.UntilAsync(without.First, PeerConnectionState.Failed);
        }

        options = options with { IceServers = [new IceServer { Urls = ["turn:turn.example"], Username = "u", Credential = "c" }] };
        await using var with = new Pairing(network.CreateFactory().Create(options), network.CreateFactory().Create());
        with.First.CreateDataChannel("x");
        await Pairing.UntilAsync(with.First, PeerConnectionState.Connected);
    }

    [TestMethod]
    public void Sizes_out_of_range_are_refused()
    {
        var factory = new MemoryPeerNetwork().CreateFactory();
        Assert.Throws<ArgumentException>(() => factory.Create(new PeerConnectionOptions { MaxMessageSize = 0 }));
        Assert.Throws<ArgumentException>(() => factory.Create(new PeerConnectionOptions { SendBuffer = 1 }));
        Assert.Throws<ArgumentException>(() => factory.Create(new PeerConnectionOptions { ReceiveBuffer = 100_000 }));
    }
}
