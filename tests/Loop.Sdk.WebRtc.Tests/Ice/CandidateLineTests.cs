using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

[TestClass]
public sealed class CandidateLineTests
{
    [TestMethod]
    [DataRow("candidate:842163049 1 udp 1677729535 192.0.2.3 46154 typ srflx raddr 10.0.0.1 rport 46154 generation 0 ufrag EEtu network-id 3 network-cost 10")]
    [DataRow("a=candidate:0 1 UDP 2122252543 2001:db8::7 50001 typ host")]
    [DataRow("candidate:1 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active generation 0")]
    [DataRow("candidate:4 1 udp 2113937151 2B1F1D1E-7c9b-4d7e-9a51-0c3f1f7a1e11.local 60000 typ host")]
    [DataRow("candidate:5 1 udp 8331263 203.0.113.4 50000 typ relay raddr 0.0.0.0 rport 0")]
    public void Lines_of_browsers_are_read(string line)
    {
        Assert.IsTrue(CandidateLine.TryParse(line, out var candidate));
        Assert.IsTrue(CandidateLine.TryParse(CandidateLine.Format(candidate), out var again));
        Assert.AreEqual(candidate with { Related = default }, again with { Related = default });
    }

    [TestMethod]
    public void Parts_of_a_line_are_told_apart()
    {
        Assert.IsTrue(CandidateLine.TryParse("candidate:842163049 1 udp 1677729535 192.0.2.3 46154 typ srflx raddr 10.0.0.1 rport 46155 generation 2 ufrag EEtu x y", out var read));
        Assert.AreEqual("842163049", read.Foundation);
        Assert.AreEqual(1677729535u, read.Priority);
        Assert.AreEqual(IceAgentTests.Address("192.0.2.3", 46154), read.Address);
        Assert.AreEqual(IceAgentTests.Address("10.0.0.1", 46155), read.Related);
        Assert.AreEqual(CandidateType.ServerReflexive, read.Type);
        Assert.AreEqual(2, read.Generation);
        Assert.AreEqual("EEtu", read.UsernameFragment);
        Assert.IsTrue(read.IsUsable);
        Assert.IsTrue(CandidateLine.TryParse("candidate:1 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active", out var tcp) && !tcp.IsUsable);
        Assert.IsTrue(CandidateLine.TryParse("candidate:1 1 udp 15 ABC.local 9 typ host", out var name) && !name.IsUsable && name.HostName == "abc.local" && name.Address.Port == 9);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("candidate:")]
    [DataRow("candidate:1 1 udp 1 192.0.2.3 46154 host")]
    [DataRow("candidate:1 1 udp 1 fe80::1%eth0 46154 typ host")]
    [DataRow("candidate:1 1 udp 1 192.0.2 46154 typ host")]
    [DataRow("candidate:1 1 udp 1 0xC0.0.2.3 46154 typ host")]
    [DataRow("candidate:1 1 udp 1 192.0.02.3 46154 typ host")]
    [DataRow("candidate:1 1 udp 1 example.com 46154 typ host")]
    [DataRow("candidate:1 1 udp 1 a.b.local 46154 typ host")]
    [DataRow("candidate:1 1 udp 1 .local 46154 typ host")]
    [DataRow("candidate:1 1 udp 0 192.0.2.3 46154 typ host")]
    [DataRow("candidate:1 1 udp 4294967295 192.0.2.3 46154 typ host")]
    [DataRow("candidate:1 0 udp 1 192.0.2.3 46154 typ host")]
    [DataRow("candidate:1 257 udp 1 192.0.2.3 46154 typ host")]
    [DataRow("candidate:1 1 sctp 1 192.0.2.3 46154 typ host")]
    [DataRow("candidate:1 1 udp 1 192.0.2.3 65536 typ host")]
    [DataRow("candidate:1 1 udp 1 192.0.2.3 -1 typ host")]
    [DataRow("candidate:1 1 udp 1 192.0.2.3 1 typ other")]
    [DataRow("candidate:1 1 tcp 1 192.0.2.3 1 typ host")]
    [DataRow("candidate:1 1 tcp 1 192.0.2.3 1 typ host tcptype none")]
    [DataRow("candidate:1 1 udp 1 192.0.2.3 1 typ host generation x")]
    [DataRow("candidate:1 1 udp 1 192.0.2.3 1 typ host ufrag a:b")]
    [DataRow("candidate:123456789012345678901234567890123 1 udp 1 192.0.2.3 1 typ host")]
    public void Other_lines_are_refused(string line) => Assert.IsFalse(CandidateLine.TryParse(line, out _));

    [TestMethod]
    public void Whatever_is_written_is_read_as_it_was() => Prop.ForAll(ArbMap.Default.ArbFor<long>(), static seed =>
    {
        var random = new SeededRandom(seed);
        var transport = random.Chance(30) ? CandidateTransport.Tcp : CandidateTransport.Udp;
        var candidate = new Candidate
        {
            Foundation = random.Next(int.MaxValue).ToString("x"),
            Component = random.Between(1, 256),
            Transport = transport,
            TcpType = transport == CandidateTransport.Tcp ? random.Pick(CandidateTcpType.Active, CandidateTcpType.Passive, CandidateTcpType.SimultaneousOpen) : CandidateTcpType.None,
            Priority = (uint)random.Between(1, int.MaxValue - 1),
            Address = Address(random),
            Related = random.Chance(50) ? Address(random) : default,
            Type = random.Pick(CandidateType.Host, CandidateType.ServerReflexive, CandidateType.PeerReflexive, CandidateType.Relayed),
            Generation = random.Chance(50) ? random.Next(100) : null,
            UsernameFragment = random.Chance(50) ? IceCredentials.Create(random.Fill).UsernameFragment : null,
        };
        return CandidateLine.TryParse(CandidateLine.Format(candidate), out var read) && read == candidate;
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Addresses_pass_through_sockets_and_messages() => Prop.ForAll(ArbMap.Default.ArbFor<long>(), static seed =>
    {
        var random = new SeededRandom(seed);
        var address = Address(random);
        var bytes = new byte[64];
        var writer = new StunWriter(bytes, StunMethod.Binding, StunClass.Success, TransactionId.Create(random.Fill));
        writer.Add(StunAttribute.XorMappedAddress, address);
        writer.AddFingerprint();
        return TransportAddress.From(address.ToSocketAddress()) == address && TransportAddress.From(address.ToEndPoint()) == address
            && StunMessage.TryRead(bytes.AsSpan(0, writer.Length), out var message) && message.TryFindAddress(StunAttribute.XorMappedAddress, out var read) && read == address;
    }).QuickCheckThrowOnFailure();

    private static TransportAddress Address(SeededRandom random)
    {
        var bytes = new byte[random.Chance(50) ? 4 : 16];
        random.Fill(bytes);
        bytes[0] = Math.Max(bytes[0], (byte)1);
        return TransportAddress.FromBytes(bytes, (ushort)random.Between(1, 65_535));
    }
}
