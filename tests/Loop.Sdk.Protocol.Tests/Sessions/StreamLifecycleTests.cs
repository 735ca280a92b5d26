using Loop.Sdk.Frames;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class StreamLifecycleTests
{
    [TestMethod]
    public void Ids_are_odd_and_rising_when_the_client_opens_and_even_when_the_server_does()
    {
        var pair = new TestPair();
        var ids = new[] { pair.Client.Open().Id, pair.Client.Open().Id, pair.Server.Open().Id, pair.Server.Open().Id };
        CollectionAssert.AreEqual(new ulong[] { 1, 3, 2, 4 }, ids);
    }

    [TestMethod]
    public void Unary_call_takes_two_frames()
    {
        var pair = new TestPair();
        var caller = pair.Client.Open(new byte[] { 1 }, end: true);
        var request = pair.Client.TakeFrames().Single();
        pair.Server.Receive(Wire.Frame(request.Kind, request.Flags, request.Body));
        var callee = pair.Server.Accepted.Single();
        pair.Server.Session.Send(callee, new byte[] { 2 }, end: true, borrow: false);
        var answer = pair.Server.TakeFrames().Single();
        pair.Client.Receive(Wire.Frame(answer.Kind, answer.Flags, answer.Body));
        Assert.AreEqual((FrameKind.Open, FrameFlags.End, FrameKind.Item, FrameFlags.End), (request.Kind, request.Flags, answer.Kind, answer.Flags));
        Assert.IsTrue(caller.IsClosed && callee.IsClosed && caller.Ended && callee.Ended);
        Assert.AreEqual(0, pair.Client.Session.OpenStreams + pair.Server.Session.OpenStreams);
    }

    [TestMethod]
    public void Half_that_ended_leaves_the_other_open()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open(end: true);
        Assert.IsTrue(callee.Ended);
        Assert.IsFalse(callee.IsClosed || caller.IsClosed);
        pair.Server.Session.Send(callee, new byte[] { 7 }, end: false, borrow: false);
        pair.Server.Session.End(callee);
        pair.Pump();
        Assert.AreEqual(7, caller.Messages.Single()[0]);
        Assert.IsTrue(caller.Ended && caller.IsClosed && callee.IsClosed);
    }

    [TestMethod]
    public void Error_ends_both_ends_and_arrives_whole()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        pair.Server.Session.Fail(callee, new LoopException("room_full", "No place.") { Retryable = true, Details = "{\"max\":2}" });
        pair.Pump();
        Assert.IsTrue(caller.IsClosed && callee.IsClosed);
        Assert.IsNull(callee.Failure);
        var error = caller.Failure!;
        Assert.AreEqual(("room_full", "No place.", true, "{\"max\":2}"), (error.Code, error.Message, error.Retryable, error.Details));
    }

    [TestMethod]
    public void Error_arrives_without_its_details_when_they_are_no_json()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        pair.Server.Session.Fail(callee, new LoopException("odd", "Odd.") { Details = "{" });
        pair.Pump();
        Assert.AreEqual(("odd", (string?)null), (caller.Failure!.Code, caller.Failure.Details));
    }

    [TestMethod]
    public void Error_keeps_its_code_when_its_text_is_too_long_to_be_sent()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        pair.Server.Session.Fail(callee, new LoopException("long", new string('x', FrameLimits.MaxBody)));
        pair.Pump();
        Assert.AreEqual("long", caller.Failure!.Code);
    }

    [TestMethod]
    public void Cancel_tells_the_other_end_that_it_was_cancelled()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        pair.Client.Session.Cancel(caller);
        pair.Pump();
        Assert.AreEqual(ErrorCodes.Cancelled, callee.Failure!.Code);
        Assert.IsNull(caller.Failure);
        Assert.AreEqual(0, pair.Server.Session.OpenStreams);
    }

    [TestMethod]
    public void Cancels_from_both_ends_may_cross()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        pair.Client.Session.Cancel(caller);
        pair.Server.Session.Cancel(callee);
        pair.Pump();
        Assert.IsNull(caller.Failure);
        Assert.IsNull(callee.Failure);
    }

    [TestMethod]
    public void Second_end_and_later_messages_are_not_sent_when_the_first_end_still_waits()
    {
        var pair = new TestPair();
        var (caller, callee) = pair.Open();
        var large = new byte[100_000];
        pair.Client.Session.Send(caller, large, end: false, borrow: false);
        pair.Client.Session.End(caller);
        pair.Client.Session.End(caller);
        Assert.IsFalse(pair.Client.Session.Send(caller, large, end: true, borrow: false));
        pair.Pump();
        Assert.AreEqual(1 + 1, callee.Messages.Count, "The opening message and the large one.");
        Assert.IsTrue(callee.Ended);
    }

    [TestMethod]
    public void Closed_session_fails_every_stream_once_and_takes_no_more()
    {
        var pair = new TestPair();
        var (caller, _) = pair.Open();
        pair.Client.Session.Close(new LoopException(ErrorCodes.SessionLost, "Lost."));
        pair.Client.Session.Close(new LoopException(ErrorCodes.Closed, "Again."));
        Assert.AreEqual(ErrorCodes.SessionLost, caller.Failure!.Code);
        Assert.IsFalse(pair.Client.Session.Send(caller, default, end: true, borrow: false));
        var error = Assert.ThrowsExactly<LoopException>(() => pair.Client.Open());
        Assert.AreEqual(ErrorCodes.SessionLost, error.Code);
        Assert.AreEqual(0, pair.Client.Session.Unacknowledged);
    }

    [TestMethod]
    public void Batch_ends_once_for_every_stream_that_asked()
    {
        var server = new TestPeer(SessionSide.Server);
        server.Receive([.. Wire.Open(1), .. Wire.Item(1), .. Wire.Open(3)]);
        Assert.AreEqual(2, server.Accepted[0].BatchEnds);
        ReadyWorkProbe.EndBatch(server.Session);
        Assert.AreEqual(1, server.Accepted[1].BatchEnds);
    }
}
