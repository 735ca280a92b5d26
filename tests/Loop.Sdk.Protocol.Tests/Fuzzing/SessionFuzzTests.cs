using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Fuzzing;

[TestClass]
public sealed class SessionFuzzTests
{
    private const int Inputs = 40_000;

    private static readonly SessionOptions Tight = new()
    {
        Limits = new PeerLimits { MaxMessage = 60_000, MaxStreams = 4, AckBytes = 100 },
        MaxAssembly = 100_000,
        MaxReplay = 100_000,
    };

    [TestMethod]
    public void Server_survives_whatever_a_client_sends() => FuzzRun.Run(Inputs, static random => Attack(SessionSide.Server, random));

    [TestMethod]
    public void Client_survives_whatever_a_server_sends() => FuzzRun.Run(Inputs, static random => Attack(SessionSide.Client, random));

    private static void Attack(SessionSide side, SeededRandom random)
    {
        var victim = new TestPeer(side, Tight, Tight.Limits) { Accept = () => new TestStream { Consumes = random.Chance(70) } };
        var own = victim.Open(new byte[random.Next(20_000)]);
        victim.Open(new byte[40_000], end: true);
        victim.TakeAll();
        try
        {
            for (var round = 0; round < 3; round++)
            {
                var bytes = Mutator.Mutate(Traffic(side, own.Id, random), random);
                var taken = victim.Session.Receive(bytes, victim.Now);
                Assert.IsTrue(taken <= bytes.Length && bytes.Length - taken < FrameLimits.MaxFrame);
                ReadyWorkProbe.EndBatch(victim.Session);
                victim.TakeAll();
                CheckMemory(victim);
                SessionProbe.CheckBooks(victim.Session, Tight);
            }
        }
        finally
        {
            // A broken peer's session is closed, and holds nothing any more.
            victim.Session.Close(new LoopException(ErrorCodes.Closed, "Over."));
            CheckMemory(victim);
            Assert.AreEqual((0L, 0, 0), (victim.Session.Unacknowledged, SessionProbe.Assembling(victim.Session), victim.Session.OpenStreams));
        }
    }

    private static void CheckMemory(TestPeer victim)
    {
        Assert.IsTrue(SessionProbe.Assembling(victim.Session) <= Tight.MaxAssembly);
        Assert.IsTrue(victim.Session.Unacknowledged <= Tight.MaxReplay + (2 * 64 * 1024));
        Assert.IsTrue(victim.Session.OpenStreams <= Tight.Limits.MaxStreams + 2);
    }

    private static byte[] Traffic(SessionSide victim, ulong own, SeededRandom random)
    {
        var first = victim == SessionSide.Server ? 1UL : 2UL;
        var bytes = new List<byte>();
        for (var count = random.Between(1, 8); count > 0; count--)
        {
            var id = random.Chance(30) ? own : first + (2 * (ulong)random.Next(4));
            var payload = new byte[random.Next(random.Chance(90) ? 40 : 16_000)];
            var flags = random.Pick<FrameFlags>([FrameFlags.None, FrameFlags.None, FrameFlags.End, FrameFlags.More]);
            int? total = flags == FrameFlags.More && random.Chance(70) ? payload.Length + random.Next(random.Chance(90) ? 100 : 70_000) : null;
            bytes.AddRange(random.Next(12) switch
            {
                0 or 1 or 2 => Wire.Open(id, payload, flags, total),
                3 or 4 => Wire.Item(id, payload, flags, total),
                5 => Wire.End(id),
                6 => Wire.Cancel(id),
                7 => Wire.Error(id, """{"code":"x","message":"y"}"""),
                8 => Wire.Credit(random.Chance(50) ? 0 : id, (ulong)random.Next(100_000)),
                9 => Wire.Ack((ulong)random.Next(4)),
                10 => Wire.Ping(1, (ulong)random.Next(4)),
                _ => ControlFrames.Write(new GoAway("x", Verdict.Resume)),
            });
        }

        return [.. bytes];
    }
}
