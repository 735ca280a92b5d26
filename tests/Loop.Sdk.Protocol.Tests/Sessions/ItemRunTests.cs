using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

/// <summary>Messages for one stream that arrive together.</summary>
[TestClass]
public sealed class ItemRunTests
{
    [TestMethod]
    [DataRow(2)]
    [DataRow(128)]
    [DataRow(129)]
    [DataRow(1000)]
    public void Run_of_messages_arrives_whole_and_in_order(int count)
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        var run = Enumerable.Range(0, count).SelectMany(static number => Wire.Item(1, [(byte)number, (byte)(number >> 8)])).ToArray();

        Assert.AreEqual(run.Length, server.Session.Receive(run, server.Now));

        var messages = server.Accepted.Single().Messages.Skip(1).Select(static message => message[0] | (message[1] << 8)).ToList();
        CollectionAssert.AreEqual(Enumerable.Range(0, count).ToList(), messages);
        Assert.AreEqual((ulong)count + 1, server.Session.Received);
    }

    [TestMethod]
    public void Run_ends_where_another_stream_or_another_kind_begins()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1), Wire.Open(3));
        byte[] mixed = [.. Wire.Item(1, [1]), .. Wire.Item(1, [2]), .. Wire.Item(3, [3]), .. Wire.Item(1, [4]), .. Wire.Ack(0), .. Wire.Item(1, [5], FrameFlags.End)];

        Assert.AreEqual(mixed.Length, server.Session.Receive(mixed, server.Now));

        CollectionAssert.AreEqual(new byte[] { 1, 2, 4, 5 }, server.Accepted[0].Messages.Skip(1).Select(static message => message[0]).ToArray());
        CollectionAssert.AreEqual(new byte[] { 3 }, server.Accepted[1].Messages.Skip(1).Select(static message => message[0]).ToArray());
        Assert.IsTrue(server.Accepted[0].Ended);
        Assert.AreEqual(7UL, server.Session.Received);
    }

    [TestMethod]
    public void Last_frame_that_is_not_whole_is_left_for_the_next_read()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        byte[] run = [.. Wire.Item(1, [1]), .. Wire.Item(1, [2, 2, 2])];

        var taken = server.Session.Receive(run.AsSpan(0, run.Length - 1), server.Now);

        Assert.AreEqual(Wire.Item(1, [1]).Length, taken);
        Assert.AreEqual(run.Length - taken, server.Session.Receive(run.AsSpan(taken), server.Now));
        Assert.HasCount(3, server.Accepted.Single().Messages);
    }

    [TestMethod]
    public void Credit_for_a_whole_run_comes_back_when_its_stream_is_given_up_in_the_middle()
    {
        var server = new TestPeer(SessionSide.Server) { Accept = static () => new TestStream { GivesUpAfter = 2, Consumes = false } };
        server.Receive(Wire.Open(1));
        byte[] run = [.. Wire.Item(1, new byte[100]), .. Wire.Item(1, new byte[200]), .. Wire.Item(1, new byte[300])];

        Assert.AreEqual(run.Length, server.Session.Receive(run, server.Now));

        Assert.HasCount(2, server.Accepted.Single().Messages);
        Assert.AreEqual(4UL, server.Session.Received);
        SessionProbe.CheckBooks(server.Session, SessionOptions.Default);
    }

    [TestMethod]
    public void Run_that_comes_too_late_for_its_stream_costs_nothing()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        server.Session.Cancel(server.Accepted.Single());
        byte[] run = [.. Wire.Item(1, new byte[100]), .. Wire.Item(1, new byte[200]), .. Wire.Item(1, new byte[300])];

        Assert.AreEqual(run.Length, server.Session.Receive(run, server.Now));

        Assert.HasCount(1, server.Accepted.Single().Messages);
        Assert.AreEqual(4UL, server.Session.Received);
        SessionProbe.CheckBooks(server.Session, SessionOptions.Default);
    }

    [TestMethod]
    public void Run_that_costs_more_than_the_credit_ends_the_session()
    {
        var limits = new PeerLimits { StreamWindow = FrameLimits.MinWindow, SessionWindow = FrameLimits.MinWindow };
        var server = new TestPeer(SessionSide.Server, new SessionOptions { Limits = limits }) { Accept = static () => new TestStream { Consumes = false } };
        server.Receive(Wire.Open(1));
        byte[] run = [.. Wire.Item(1, new byte[16 * 1024]), .. Wire.Item(1, new byte[16 * 1024])];

        var error = Assert.ThrowsExactly<LoopException>(() => server.Session.Receive(run, server.Now));

        Assert.AreEqual(ErrorCodes.CreditViolation, error.Code);
    }

    [TestMethod]
    public void Output_that_is_held_goes_out_when_its_thread_has_more_to_do_than_it_seemed()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive(Wire.Open(1));
        server.TakeAll();
        server.Session.Hold();
        server.Session.Send(server.Accepted.Single(), new byte[3], end: false, borrow: false);
        Assert.IsFalse(server.HasOutput);

        server.Session.Release();

        Assert.IsTrue(server.HasOutput);
    }
}
