using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Ice.Simulation;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

[TestClass]
public sealed class IceAgentTests
{
    private const long Second = 1_000_000;

    [TestMethod]
    public void Agents_on_one_host_connect_within_milliseconds()
    {
        var network = new SimNetwork(new SeededRandom(1)) { Delay = 50 };
        var pair = Pair(network, IceRole.Controlled, signalling: 500);
        pair.Connect();
        var began = network.Now;
        Assert.IsTrue(network.RunUntil(() => pair.IsConnected, Second));
        Assert.IsTrue(network.Now - began < 20_000, $"{network.Now - began} us");
        pair.Chat();
        Assert.IsTrue(pair.Talks());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Agents_with_the_same_role_settle_it(bool areControlling)
    {
        var role = areControlling ? IceRole.Controlling : IceRole.Controlled;
        var network = new SimNetwork(new SeededRandom(2));
        var pair = Pair(network, role);
        pair.First.Agent.SetRole(role);
        pair.Connect();
        Assert.IsTrue(network.RunUntil(() => pair.IsConnected && pair.First.Agent.IsSettled && pair.Second.Agent.IsSettled, 2 * Second));
        Assert.AreNotEqual(pair.First.Agent.Role, pair.Second.Agent.Role);
    }

    [TestMethod]
    public void Checks_before_the_answer_are_answered_and_used_once_it_comes()
    {
        var (agent, peer) = (Agent(1, IceRole.Controlling), Agent(2, IceRole.Controlled));
        peer.SetRemoteCredentials(agent.LocalCredentials, false, 0);
        peer.AddRemoteCandidate(Host(1), 0);
        Deliver(peer, 2, agent, 1, 0);
        Assert.AreEqual(IceState.New, agent.State);
        Deliver(agent, 1, peer, 2, 1000);
        Assert.AreEqual(IceState.Connected, peer.State, "the peer has its answer");
        agent.SetRemoteCredentials(peer.LocalCredentials, false, 2000);
        Deliver(agent, 1, peer, 2, 2000);
        Deliver(peer, 2, agent, 1, 3000);
        Assert.AreEqual(IceState.Connected, agent.State);
        Assert.AreEqual(CandidateType.PeerReflexive, agent.Path.RemoteType);
    }

    [TestMethod]
    public void Answers_count_once_and_only_from_where_the_check_went()
    {
        var (agent, peer) = (Agent(1, IceRole.Controlling), Agent(2, IceRole.Controlled));
        agent.SetRemoteCredentials(peer.LocalCredentials, false, 0);
        peer.SetRemoteCredentials(agent.LocalCredentials, false, 0);
        agent.AddRemoteCandidate(Host(2), 0);
        var now = 0L;
        for (; now < 2 * Second; now += 5000)
        {
            agent.Timeout(now);
            peer.Timeout(now);
            Deliver(agent, 1, peer, 2, now);
            Deliver(peer, 2, agent, 1, now);
        }

        Assert.AreEqual(IceState.Connected, agent.State);
        var answer = new byte[IceAgent.MaxDatagram];
        for (var length = 0; length == 0 || answer is not [1, 1, ..]; now += 5000)
        {
            agent.Timeout(now);
            Deliver(agent, 1, peer, 2, now);
            length = peer.Write(answer, now, out _, out _);
            answer = length > 0 && answer is [1, 1, ..] ? answer[..length] : answer;
        }

        agent.Receive(1, Address("10.0.0.9", 4009), answer, now);
        Assert.AreEqual((IceState.Connected, Addresses[2]), (agent.State, agent.Path.Remote));
        Assert.AreEqual(DatagramKind.Stun, agent.Receive(1, Addresses[2], answer, now));
        for (var end = now + (31 * Second); now < end; now += 50_000)
        {
            agent.Timeout(now);
            Drain(agent, now);
            Assert.AreNotEqual(DatagramKind.Stun, agent.Receive(1, Addresses[2], answer, now), "It was taken already.");
        }

        Assert.AreNotEqual(IceState.Connected, agent.State);
    }

    [TestMethod]
    public void Wrong_password_makes_both_ends_fail_and_lets_no_data_in()
    {
        var (agent, peer) = (Agent(1, IceRole.Controlling), Agent(2, IceRole.Controlled));
        var wrong = IceCredentials.TryCreate(peer.LocalCredentials.UsernameFragment, new string('x', 24))!;
        agent.SetRemoteCredentials(wrong, false, 0);
        peer.SetRemoteCredentials(IceCredentials.TryCreate(agent.LocalCredentials.UsernameFragment, new string('y', 24))!, false, 0);
        agent.AddRemoteCandidate(Host(2), 0);
        peer.AddRemoteCandidate(Host(1), 0);
        for (var now = 0L; now < 31 * Second; now += 5000)
        {
            agent.Timeout(now);
            peer.Timeout(now);
            Deliver(agent, 1, peer, 2, now);
            Deliver(peer, 2, agent, 1, now);
            Assert.AreEqual(DatagramKind.Discarded, agent.Receive(1, Address("10.0.0.2", 4002), [22, 254, 253], now));
        }

        Assert.AreEqual(IceState.Failed, agent.State);
        Assert.AreEqual(IceState.Failed, peer.State);
    }

    [TestMethod]
    public void Failure_comes_early_when_there_is_nothing_left_to_try()
    {
        var agent = Agent(1, IceRole.Controlling);
        agent.SetRemoteCredentials(Agent(2, IceRole.Controlled).LocalCredentials, false, 0);
        agent.AddRemoteCandidate(Host(2), 0);
        agent.EndOfLocalCandidates(0);
        agent.EndOfRemoteCandidates(0);
        var now = 0L;
        while (agent.State == IceState.Checking)
        {
            Drain(agent, now);
            now = agent.NextTimeout;
            agent.Timeout(now);
        }

        Assert.AreEqual(IceState.Failed, agent.State);
        Assert.AreEqual(10 * Second, now);
        Assert.AreEqual(long.MaxValue, agent.NextTimeout);
    }

    [TestMethod]
    public void Lite_peer_is_checked_and_nominated_for()
    {
        var (agent, peer) = (Agent(1, IceRole.Controlled), Agent(2, IceRole.Controlled));
        agent.SetRemoteCredentials(peer.LocalCredentials, true, 0);
        agent.AddRemoteCandidate(Host(2), 0);
        for (var now = 0L; now < Second && !agent.IsSettled; now += 5000)
        {
            agent.Timeout(now);

            // The peer answers, and sends no checks, since it does not know this end's password.
            Deliver(agent, 1, peer, 2, now);
            Deliver(peer, 2, agent, 1, now);
        }

        Assert.IsTrue(agent.IsSettled);
        Assert.AreEqual(IceRole.Controlling, agent.Role);
    }

    [TestMethod]
    public void Hostile_peer_can_add_no_more_than_a_bounded_number_of_candidates()
    {
        var agent = Agent(1, IceRole.Controlling);
        agent.SetRemoteCredentials(Agent(2, IceRole.Controlled).LocalCredentials, false, 0);
        for (var i = 0; i < 10_000; i++)
        {
            agent.AddRemoteCandidate(Host(2) with { Address = Address("10.0.0.2", 10_000 + i) }, 0);
        }

        Assert.AreEqual(IceTiming.MaxRemoteCandidates, Drain(agent, 0, IceTiming.MaxRemoteCandidates));
        Assert.AreEqual(0, Drain(agent, IceTiming.MaxRemoteCandidates * IceTiming.Pace, 1) - 1, "those that went first are sent again, and no others");
    }

    [TestMethod]
    public void Candidates_that_are_not_of_one_host_are_passed_over()
    {
        var agent = Agent(1, IceRole.Controlling);
        agent.SetRemoteCredentials(Agent(2, IceRole.Controlled).LocalCredentials, false, 0);
        foreach (var address in (string[])["224.0.0.251", "255.255.255.255", "0.0.0.0"])
        {
            agent.AddRemoteCandidate(Host(2) with { Address = Address(address, 4002) }, 0);
        }

        agent.AddRemoteCandidate(Host(2) with { Address = Address("10.0.0.2", 0) }, 0);
        agent.AddRemoteCandidate(Host(2) with { UsernameFragment = "other" }, 0);
        agent.AddRemoteCandidate(Host(2) with { Transport = CandidateTransport.Tcp }, 0);
        Assert.AreEqual(0, Drain(agent, 0));
    }

    [TestMethod]
    public void Check_and_answer_allocate_nothing()
    {
        var (agent, peer) = (Agent(1, IceRole.Controlling), Agent(2, IceRole.Controlled));
        agent.SetRemoteCredentials(peer.LocalCredentials, false, 0);
        peer.SetRemoteCredentials(agent.LocalCredentials, false, 0);
        agent.AddRemoteCandidate(Host(2), 0);
        var now = 0L;
        long allocated = 0;
        for (var round = 0; round < 200; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            now = Math.Max(now + IceTiming.Pace, Math.Min(agent.NextTimeout, peer.NextTimeout));
            agent.Timeout(now);
            peer.Timeout(now);
            Deliver(agent, 1, peer, 2, now);
            Deliver(peer, 2, agent, 1, now);
            Deliver(agent, 1, peer, 2, now);
            allocated = round < 100 ? 0 : allocated + GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.IsTrue(now > 100 * Second, "time has passed");
        Assert.AreEqual(IceState.Connected, agent.State);
        Assert.AreEqual(0, allocated);
    }

    [TestMethod]
    public void Restart_that_is_taken_back_leaves_everything_as_it_was()
    {
        var network = new SimNetwork(new SeededRandom(3));
        var pair = Pair(network, IceRole.Controlled);
        pair.Connect();
        network.Run(3 * Second);
        var credentials = pair.First.Agent.LocalCredentials;
        pair.First.Agent.Restart(IceCredentials.Create(network.Random.Fill), network.Now);
        pair.First.Agent.RollBack(network.Now);
        Assert.AreSame(credentials, pair.First.Agent.LocalCredentials);
        pair.First.Drive();
        network.Run(60 * Second);
        Assert.IsTrue(pair.IsConnected);
    }

    internal static SimPair Pair(SimNetwork network, IceRole second, int signalling = 20_000) => new(
        network,
        new SimPeerOptions { Addresses = [Address("10.0.0.1", 4001)], Role = IceRole.Controlling },
        new SimPeerOptions { Addresses = [Address("10.0.0.2", 4002)], Role = second },
        signalling);

    internal static TransportAddress Address(string address, int port) => TransportAddress.TryParse(address, port, out var read) ? read : throw new ArgumentException(address);

    private static Candidate Host(int number) => new()
    {
        Foundation = "1",
        Component = 1,
        Priority = CandidatePriority.Compute(CandidateType.Host, 65_535),
        Address = Address($"10.0.0.{number}", 4000 + number),
    };

    private static IceAgent Agent(int number, IceRole role)
    {
        var random = new SeededRandom(number);
        var agent = new IceAgent(new IceSettings { Random = random.Fill, Credentials = IceCredentials.Create(random.Fill), Role = role });
        agent.AddLocalCandidate(Host(number), number, 0);
        return agent;
    }

    // Everything that one agent has to send now, to the other.
    private static void Deliver(IceAgent from, int sender, IceAgent to, int receiver, long now)
    {
        Span<byte> buffer = stackalloc byte[IceAgent.MaxDatagram];
        while (from.Write(buffer, now, out _, out _) is var length and > 0)
        {
            to.Receive(receiver, Addresses[sender], buffer[..length], now);
        }

        while (from.TryReadEvent(out _))
        {
        }
    }

    private static int Drain(IceAgent agent, long now, int paces = 1)
    {
        Span<byte> buffer = stackalloc byte[IceAgent.MaxDatagram];
        var sent = 0;
        for (var pace = 0; pace < paces; pace++)
        {
            while (agent.Write(buffer, now + (pace * IceTiming.Pace), out _, out _) > 0)
            {
                sent++;
            }
        }

        return sent;
    }

    private static readonly TransportAddress[] Addresses = [default, Address("10.0.0.1", 4001), Address("10.0.0.2", 4002)];
}
