using Loop.Sdk.WebRtc.Ice.Simulation;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

[TestClass]
public sealed class IceAgentTests
{
    [TestMethod]
    public void Agents_on_one_host_connect_within_milliseconds()
    {
        var network = new SimNetwork(new SimRandom(1)) { Delay = 50 };
        var pair = Pair(network, IceRole.Controlled, signalling: 500);
        pair.Connect();
        var began = network.Now;
        Assert.IsTrue(network.RunUntil(() => pair.IsConnected, 1_000_000));
        Assert.IsTrue(network.Now - began < 20_000, $"{network.Now - began} us");
        pair.Chat();
        Assert.IsTrue(pair.Talks());
    }

    internal static SimPair Pair(SimNetwork network, IceRole second, int signalling = 20_000) => new(
        network,
        new SimPeerOptions { Addresses = [Address("10.0.0.1", 4001)], Role = IceRole.Controlling },
        new SimPeerOptions { Addresses = [Address("10.0.0.2", 4002)], Role = second },
        signalling);

    internal static TransportAddress Address(string address, int port) => TransportAddress.TryParse(address, port, out var read) ? read : throw new ArgumentException(address);
}
