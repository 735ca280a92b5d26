using System.Text;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Ice.Simulation;
using Loop.Sdk.WebRtc.Stun;
using Loop.Sdk.WebRtc.Turn;

namespace Loop.Sdk.WebRtc.Ice;

[TestClass]
public sealed class FuzzTests
{
    private const int Inputs = 200_000;
    private const long Second = 1_000_000;

    private static readonly byte[][] Lines =
    [
        "candidate:842163049 1 udp 1677729535 192.0.2.3 46154 typ srflx raddr 10.0.0.1 rport 46154 generation 0 ufrag EEtu network-id 3"u8.ToArray(),
        "a=candidate:1 1 tcp 1518280447 2001:db8::9 9 typ host tcptype active"u8.ToArray(),
        "candidate:4 1 udp 2113937151 2b1f1d1e-7c9b-4d7e-9a51-0c3f1f7a1e11.local 60000 typ host"u8.ToArray(),
    ];

    [TestMethod]
    public void Candidate_lines_are_read_or_refused_whatever_comes()
    {
        var taken = 0;
        FuzzRun.RunQuiet(Inputs, random =>
        {
            if (CandidateLine.TryParse(Encoding.Latin1.GetString(Mutator.Mutate(random.Pick<byte[]>(Lines), random)), out var candidate))
            {
                taken++;
                Assert.IsTrue(CandidateLine.TryParse(CandidateLine.Format(candidate), out var again) && again == candidate);
            }
        });
        Assert.IsTrue(taken > Inputs / 100, "Some inputs are to be read, and some are not.");
    }

    [TestMethod]
    public void Names_answers_are_read_or_refused_whatever_comes()
    {
        var query = MdnsTests.Query();
        byte[][] sound = [MdnsTests.Answer(query, 1, [192, 0, 2, 7]), MdnsTests.Answer(query, 28, new byte[16]), query];
        FuzzRun.RunQuiet(Inputs, random => MdnsMessage.TryReadAnswer(Mutator.Mutate(random.Pick<byte[]>(sound), random), "2b1f1d1e-7c9b-4d7e-9a51-0c3f1f7a1e11.local", out _));
    }

    [TestMethod]
    public void Streams_are_framed_or_broken_whatever_comes() => FuzzRun.RunQuiet(Inputs, static random =>
    {
        var message = new byte[40];
        var writer = new StunWriter(message, StunMethod.Binding, StunClass.Success, default);
        writer.AddFingerprint();
        var bytes = Mutator.Mutate([.. message[..writer.Length], 0x40, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0, .. message[..writer.Length]], random);
        var framer = new StreamFramer();
        for (var place = 0; place < bytes.Length;)
        {
            var part = Math.Min(random.Between(1, 40), bytes.Length - place);
            bytes.AsMemory(place, part).CopyTo(framer.Space);
            framer.Advance(part);
            place += part;
            while (framer.TryRead(out var read))
            {
                Assert.IsTrue(read.Length is >= 4 and <= 65_555);
            }
        }
    });

    [TestMethod]
    public void Agents_bear_whatever_comes_in_every_state()
    {
        List<(IceAgent Agent, long Now)> agents = [];
        List<byte[]> sound = [[22, 254, 253, 0, 0]];
        for (var state = 0; state < 5; state++)
        {
            var network = new SimNetwork(new SeededRandom(state)) { Tap = sound.Add };
            var pair = IceAgentTests.Pair(network, state == 3 ? IceRole.Controlling : IceRole.Controlled);
            Reach(network, pair, state);
            agents.Add((pair.First.Agent, network.Now));
        }

        var messages = sound.Where(static bytes => bytes.Length > 4).ToArray();
        var buffer = new byte[IceAgent.MaxDatagram];
        var data = 0;
        FuzzRun.RunQuiet(Inputs, random =>
        {
            var (agent, now) = agents[random.Next(agents.Count)];
            var from = random.Chance(70) ? IceAgentTests.Address("10.0.0.2", 4002) : IceAgentTests.Address($"10.0.0.{random.Between(3, 250)}", random.Between(1, 65_535));
            var before = (agent.State, agent.Path, agent.Role, agent.NextTimeout);
            var kind = agent.Receive(random.Chance(95) ? 0 : random.Next(3), from, Mutator.Mutate(random.Pick<byte[]>(messages), random), now);
            Assert.IsTrue(kind == DatagramKind.Stun || before == (agent.State, agent.Path, agent.Role, agent.NextTimeout), "what is discarded changes nothing");
            data += kind == DatagramKind.Data ? 1 : 0;
            while (agent.Write(buffer, now, out _, out _) > 0 || agent.TryReadEvent(out _))
            {
            }
        });
        Assert.IsTrue(data > 0);
    }

    [TestMethod]
    public void Allocations_bear_whatever_comes_in_every_state()
    {
        List<byte[]> sound = [[0x40, 0, 0, 4, 1, 2, 3, 4]];
        var buffer = new byte[TurnAllocation.MaxMessage];
        SimNetwork? network = null;
        TurnAllocation? allocation = null;
        FuzzRun.RunQuiet(Inputs, random =>
        {
            if (allocation is null || random.Chance(1))
            {
                network = new SimNetwork(random) { Tap = bytes => sound[random.Next(sound.Count < 50 ? sound.Count : 50)] = bytes };
                sound.Add(sound[0]);
                allocation = Allocate(network, random.Next(6));
            }

            if (allocation.Receive(Mutator.Mutate(sound[random.Next(Math.Min(sound.Count, 50))], random), network!.Now, out _, out _) == TurnReceived.Control)
            {
                while (allocation.Write(buffer, network.Now) > 0)
                {
                }
            }
        });
    }

    private static void Reach(SimNetwork network, SimPair pair, int state)
    {
        if (state > 0)
        {
            pair.Connect();
            network.Run(state == 1 ? 21_000 : 3 * Second);
        }

        if (state == 2)
        {
            network.IsDown = static (_, _) => true;
            network.Run(12 * Second);
        }
        else if (state == 4)
        {
            pair.First.Agent.Restart(IceCredentials.Create(network.Random.Fill), network.Now);
        }
    }

    // An allocation that has come so far, by itself and a server.
    private static TurnAllocation Allocate(SimNetwork network, int steps)
    {
        var server = new SimServer(network, IceAgentTests.Address("203.0.113.9", 3478));
        var client = IceAgentTests.Address("192.0.2.1", 4001);
        var peer = IceAgentTests.Address("192.0.2.2", 4002);
        var allocation = new TurnAllocation(new TurnSettings { Random = network.Random.Fill, Username = SimServer.Username, Password = SimServer.Password });
        var buffer = new byte[TurnAllocation.MaxMessage];
        network.Open(client, null, (sender, bytes) => allocation.Receive(bytes, network.Now, out _, out _));
        allocation.Start(network.Now);
        for (var step = 0; step < steps; step++)
        {
            if (step == 3)
            {
                allocation.Bind(peer, network.Now);
            }

            while (allocation.Write(buffer, network.Now) is var length and > 0)
            {
                network.Send(client, server.Address, buffer.AsSpan(0, length));
            }

            network.Run(10_000);
        }

        if (steps == 5 && network.Random.Chance(30))
        {
            allocation.Close(network.Now);
        }

        return allocation;
    }
}
