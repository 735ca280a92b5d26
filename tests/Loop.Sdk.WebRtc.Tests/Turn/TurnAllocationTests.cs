using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Ice.Simulation;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

[TestClass]
public sealed class TurnAllocationTests
{
    private const long Second = 1_000_000;

    private readonly SimNetwork _network = new(new SeededRandom(1));
    private readonly byte[] _buffer = new byte[TurnAllocation.MaxMessage];
    private readonly TransportAddress _client = IceAgentTests.Address("192.0.2.1", 4001);
    private readonly TransportAddress _peer = IceAgentTests.Address("192.0.2.2", 4002);
    private readonly List<byte[]> _received = [];
    private SimServer _server = null!;

    [TestMethod]
    public void Allocation_relays_both_ways_for_hours_and_is_given_back()
    {
        var allocation = Start(SimServer.Password);
        _network.Run(Second);
        Assert.AreEqual(TurnState.Ready, allocation.State);
        Assert.AreEqual(_client, allocation.Mapped);
        allocation.Bind(_peer, _network.Now);
        for (var minute = 0; minute < 120; minute++)
        {
            Send(allocation, [1, 2, 3]);
            _network.Run(Second);
            var before = _received.Count;
            _network.Send(_peer, allocation.Relayed, [4, 5]);
            _network.Run(59 * Second);
            Assert.AreEqual(before + 1, _received.Count, $"minute {minute}");
        }

        Assert.AreEqual(1, _server.Allocations);
        allocation.Close(_network.Now);
        Drive(allocation);
        _network.Run(Second);
        Assert.AreEqual(TurnState.Closed, allocation.State);
        Assert.AreEqual(0, _server.Allocations);
        Assert.AreEqual(long.MaxValue, allocation.NextTimeout);
    }

    [TestMethod]
    public void Wrong_or_expired_credentials_are_said_to_be_so()
    {
        var allocation = Start("expired");
        _network.Run(Second);
        Assert.AreEqual(TurnFailure.Unauthorized, allocation.Failure);
        Assert.AreEqual(StunErrorCode.Unauthenticated, allocation.ErrorCode);
    }

    [TestMethod]
    public void Server_that_is_silent_is_given_up()
    {
        _network.IsDown = static (_, _) => true;
        var allocation = Start(SimServer.Password);
        _network.Run(10 * Second);
        Assert.AreEqual(TurnFailure.NoAnswer, allocation.Failure);
    }

    [TestMethod]
    public void Strangers_are_not_relayed_from()
    {
        var allocation = Start(SimServer.Password);
        _network.Run(Second);
        var bytes = new byte[100];
        var writer = new StunWriter(bytes, StunMethod.Data, StunClass.Indication, default);
        writer.Add(StunAttribute.XorPeerAddress, _peer);
        writer.Add(StunAttribute.Data, [1, 2, 3]);
        Assert.AreEqual(TurnReceived.Discarded, allocation.Receive(bytes.AsSpan(0, writer.Length), _network.Now, out _, out _));
        Assert.AreEqual(TurnReceived.Discarded, allocation.Receive([0x40, 0, 0, 1, 7], _network.Now, out _, out _));
    }

    [TestMethod]
    public void Number_of_peers_is_bounded()
    {
        var allocation = Start(SimServer.Password);
        _network.Run(Second);
        for (var i = 0; i < 1000; i++)
        {
            allocation.Wrap(_peer with { Port = (ushort)(1000 + i) }, [1], _buffer, _network.Now);
        }

        var sent = 0;
        while (allocation.Write(_buffer, _network.Now) > 0)
        {
            sent++;
        }

        Assert.AreEqual(TurnTiming.MaxPeers, sent);
    }

    private TurnAllocation Start(string password)
    {
        _server = new SimServer(_network, IceAgentTests.Address("203.0.113.9", 3478));
        var allocation = new TurnAllocation(new TurnSettings { Random = _network.Random.Fill, Username = SimServer.Username, Password = password });
        _network.Open(_client, null, (sender, bytes) =>
        {
            if (allocation.Receive(bytes, _network.Now, out var from, out var datagram) == TurnReceived.Data && from == _peer)
            {
                _received.Add(datagram.ToArray());
            }

            Drive(allocation);
        });
        allocation.Start(_network.Now);
        Drive(allocation);
        return allocation;
    }

    private void Send(TurnAllocation allocation, byte[] datagram)
    {
        if (allocation.Wrap(_peer, datagram, _buffer, _network.Now) is var length and > 0)
        {
            _network.Send(_client, _server.Address, _buffer.AsSpan(0, length));
        }

        Drive(allocation);
    }

    private void Drive(TurnAllocation allocation)
    {
        allocation.Timeout(_network.Now);
        while (allocation.Write(_buffer, _network.Now) is var length and > 0)
        {
            _network.Send(_client, _server.Address, _buffer.AsSpan(0, length));
        }

        if (allocation.NextTimeout is var next and < long.MaxValue)
        {
            _network.After(Math.Max(0, next - _network.Now), () =>
            {
                if (allocation.NextTimeout == next)
                {
                    Drive(allocation);
                }
            });
        }
    }
}
