namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>Two associations with a path between them.</summary>
internal sealed class SimPair
{
    public const ushort Port = 5000;
    public const long Second = 1_000_000;

    public SimPair(int seed, SctpSettings? settings = null, SimNetwork? network = null, SimLink? there = null, SctpSettings? peerSettings = null)
    {
        Random = new Random(seed);
        Network = network ?? new SimNetwork();
        There = there ?? new SimLink(Network, Random);
        Back = new SimLink(Network, Random);
        settings = (settings ?? new SctpSettings()) with { Random = Random.NextBytes };
        A = new SimEnd(Network, There, settings);
        B = new SimEnd(Network, Back, (peerSettings ?? settings) with { Random = Random.NextBytes });
        (A.Peer, B.Peer) = (B, A);
    }

    public Random Random { get; }

    public SimNetwork Network { get; }

    public SimLink There { get; }

    public SimLink Back { get; }

    public SimEnd A { get; }

    public SimEnd B { get; }

    public SimPair Connected()
    {
        A.Association.Connect(Port, Network.Now);
        B.Association.Connect(Port, Network.Now);
        Assert.IsTrue(Network.RunUntil(() => A.Association.IsConnected && B.Association.IsConnected, 60 * Second), "Not connected.");
        return this;
    }
}
