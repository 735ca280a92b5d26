using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Tests.Dtls;

[TestClass]
public sealed class DtlsFuzzTests
{
    private static readonly byte[] Buffer = new byte[DtlsTransport.MaxPlaintext + DtlsTransport.Overhead];

    private static int Factor => Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? 50 : 1;

    [TestMethod]
    public void Connected_transport_passes_over_whatever_it_cannot_read()
    {
        using var pair = new DtlsPair().Connect();
        for (var seed = 0; seed < 160_000 * Factor; seed++)
        {
            var random = new SeededRandom(seed);
            var length = random.Between(1, 60);
            Assert.IsTrue(pair.Client.Send(Buffer.AsSpan(0, length)));
            var record = DtlsPair.Output(pair.Client)[0];
            // Changes go into what is encrypted or numbered; a header in epoch 0 with an alert is another test.
            pair.Server.Receive(seed % 4 == 0 ? Garbage(random) : Mutator.Mutate(record, random), 0);
            while (pair.Server.Read(Buffer) is > 0 and var count)
            {
                Assert.AreEqual(length, count, $"Input {seed}: nothing but the record itself can be read.");
            }

            Assert.AreEqual(DtlsState.Connected, pair.Server.State, $"Input {seed}: {pair.Server.FailureDetail}");
        }
    }

    [TestMethod]
    public void Handshake_goes_on_or_fails_when_any_datagram_of_it_is_changed()
    {
        var outcomes = new HashSet<DtlsState>();
        var fed = 0;
        for (var seed = 0; fed < 40_000 * Factor; seed++)
        {
            var random = new SeededRandom(seed);
            using var pair = new DtlsPair(seed, firstTimeout: 5_000_000);
            pair.Client.Start(0);
            pair.Server.Start(0);
            for (var round = random.Next(3); round > 0; round--)
            {
                DtlsPair.Output(pair.Client).ForEach(datagram => pair.Server.Receive(datagram, 0));
                DtlsPair.Output(pair.Server).ForEach(datagram => pair.Client.Receive(datagram, 0));
            }

            var (from, to) = random.Chance(50) ? (pair.Client, pair.Server) : (pair.Server, pair.Client);
            var flight = DtlsPair.Output(from);
            for (var input = 0; input < 40 && to.State == DtlsState.Handshaking; input++, fed++)
            {
                to.Receive(flight.Count == 0 || random.Chance(10) ? Garbage(random) : Mutator.Mutate(flight[random.Next(flight.Count)], random), 0);
                _ = to.Read(Buffer);
                _ = DtlsPair.Output(to);
            }

            fed++;
            outcomes.Add(to.State);
        }

        Assert.Contains(DtlsState.Failed, outcomes);
        Assert.Contains(DtlsState.Handshaking, outcomes);
    }

    private static byte[] Garbage(SeededRandom random)
    {
        var bytes = new byte[random.Next(200)];
        random.Fill(bytes);
        if (bytes.Length > 2 && random.Chance(70))
        {
            (bytes[0], bytes[1], bytes[2]) = ((byte)random.Between(20, 24), 0xFE, (byte)random.Between(0xFC, 0xFF));
        }

        return bytes;
    }
}
