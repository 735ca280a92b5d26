using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class ControlFloodTests
{
    private const int Flood = 10_000;
    private const int MostAnswers = 64;

    private readonly TestPeer _server = new(SessionSide.Server);

    [TestMethod]
    public void Pings_that_nobody_takes_the_answers_of_hold_a_bounded_number_of_pongs()
    {
        for (var ping = 0; ping < Flood; ping++)
        {
            _server.Receive(Wire.Ping(1, 0));
        }

        Assert.AreEqual(MostAnswers, _server.TakeFrames().Count);
    }

    [TestMethod]
    public void Answers_to_credentials_that_nobody_takes_share_the_bound_of_the_pongs()
    {
        for (var attempt = 0; attempt < Flood; attempt++)
        {
            _server.Session.SendAuthResult(new AuthResult { Accepted = false });
            _server.Receive(Wire.Ping(1, 0));
        }

        Assert.AreEqual(MostAnswers, _server.TakeFrames().Count);
    }

    [TestMethod]
    public void Credentials_are_handed_on_one_by_one_and_the_session_keeps_none_of_them()
    {
        var auth = ControlFrames.Write(Credentials.Bearer("t"));
        for (var attempt = 1; attempt <= Flood; attempt++)
        {
            _server.Receive(auth);
            Assert.AreEqual(attempt, _server.Auths.Count);
        }

        Assert.IsFalse(_server.HasOutput);
    }

    [TestMethod]
    public void Acknowledgements_and_pongs_allocate_nothing_however_many_come()
    {
        byte[] frames = [.. Wire.Ack(0), .. Wire.Pong(0, 0)];
        _server.Session.Receive(frames, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Flood; round++)
        {
            _server.Session.Receive(frames, 1);
        }

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.IsFalse(_server.HasOutput);
    }

    [TestMethod]
    public void Refusals_that_the_opener_does_not_read_end_the_session_at_the_replay_bound()
    {
        var server = new TestPeer(SessionSide.Server, new SessionOptions { Limits = new PeerLimits { MaxStreams = 1 }, MaxReplay = 100_000 });
        for (ulong id = 1; id < 2 * Flood && server.Overflow is null; id += 2)
        {
            server.Receive(Wire.Open(id));
        }

        Assert.AreEqual(ErrorCodes.ReplayOverflow, server.Overflow!.Code);
        Assert.AreEqual(0, server.Session.Unacknowledged);
    }
}
