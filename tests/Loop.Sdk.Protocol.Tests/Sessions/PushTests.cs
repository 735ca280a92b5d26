using Loop.Sdk.Feeds;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class PushTests
{
    private readonly TestPair _pair = new(server: new SessionOptions { MaxQueued = 10_000 });
    private readonly PushIndex _index = new();
    private readonly TestStream _sink;
    private readonly TestStream _source;

    public PushTests() => (_sink, _source) = _pair.Open(end: true);

    [TestMethod]
    [DataRow(SlowConsumerPolicy.Reliable)]
    [DataRow(SlowConsumerPolicy.Latest)]
    public void Push_goes_at_once_when_the_subscriber_keeps_up(SlowConsumerPolicy policy)
    {
        for (byte number = 1; number <= 3; number++)
        {
            Push(policy, number, key: 1);
        }

        _pair.Pump();
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Seen());
    }

    [TestMethod]
    public void Latest_keeps_the_newest_of_each_key_in_the_place_of_the_oldest_while_they_wait()
    {
        _pair.Cut();
        Push(SlowConsumerPolicy.Latest, 1, key: "a");
        Push(SlowConsumerPolicy.Latest, 2, key: "b");
        Push(SlowConsumerPolicy.Latest, 3, key: "a");
        _pair.Resume();
        CollectionAssert.AreEqual(new byte[] { 3, 2 }, Seen());
        _pair.Cut();
        Push(SlowConsumerPolicy.Latest, 4, key: "a");
        _pair.Resume();
        CollectionAssert.AreEqual(new byte[] { 3, 2, 4 }, Seen(), "What was sent is not replaced any more.");
    }

    [TestMethod]
    public void Latest_leaves_out_the_oldest_when_too_much_waits()
    {
        _pair.Cut();
        for (byte number = 1; number <= 20; number++)
        {
            Push(SlowConsumerPolicy.Latest, number, key: null, size: 1000);
        }

        _pair.Resume();
        CollectionAssert.AreEqual(Enumerable.Range(12, 9).Select(static number => (byte)number).ToArray(), Seen());
    }

    [TestMethod]
    public void Reliable_gives_the_session_up_when_too_much_waits()
    {
        for (byte number = 1; number < 12 && _pair.Server.Overflow is null; number++)
        {
            Push(SlowConsumerPolicy.Reliable, number, key: null, size: 16_000);
        }

        Assert.AreEqual(ErrorCodes.SlowConsumer, _pair.Server.Overflow!.Code);
        Assert.AreEqual(ErrorCodes.SlowConsumer, _source.Failure!.Code);
    }

    [TestMethod]
    public void Producer_that_keeps_its_own_state_is_told_when_there_is_room_and_nothing_is_kept_until_then()
    {
        var sink = new TestStream { Consumes = false };
        var source = _pair.Open(end: true, sink).Callee;
        for (var sent = 0; sent < 4; sent++)
        {
            Assert.IsTrue(_pair.Server.Session.TryPush(source, new byte[16 * 1024]));
        }

        Assert.IsFalse(_pair.Server.Session.TryPush(source, new byte[100]));
        _pair.Pump();
        Assert.AreEqual((4, 0), (sink.Messages.Count, source.Sendable));
        _pair.Client.Session.Consume(sink, 4 * 16 * 1024);
        _pair.Pump();
        Assert.AreEqual((4, 1), (sink.Messages.Count, source.Sendable));
        Assert.IsTrue(_pair.Server.Session.TryPush(source, new byte[100_000]), "Larger than a frame, it is taken all the same.");
        Assert.IsFalse(_pair.Server.Session.IsDrained(source));
        _pair.Pump();
        Assert.AreEqual(100_000, sink.Messages[^1].Length);
    }

    [TestMethod]
    public void Producer_that_keeps_its_own_state_has_no_room_for_an_absent_peer_and_is_told_when_it_is_back()
    {
        _pair.Cut();
        Assert.IsFalse(_pair.Server.Session.TryPush(_source, new byte[1]));
        _pair.Resume();
        Assert.AreEqual((0, 1), (_sink.Messages.Count, _source.Sendable));
    }

    [TestMethod]
    public void Replacement_goes_at_once_when_it_fits_the_credit_that_the_older_did_not()
    {
        var sink = new TestStream { Consumes = false };
        var source = _pair.Open(end: true, sink).Callee;
        for (byte number = 1; number <= 4; number++)
        {
            Push(SlowConsumerPolicy.Latest, number, key: "x", size: 15_000, source);
        }

        Push(SlowConsumerPolicy.Latest, 5, key: "x", size: 9_000, source);
        _pair.Pump();
        Assert.AreEqual(4, sink.Messages.Count);
        Push(SlowConsumerPolicy.Latest, 6, key: "x", size: 10, source);
        _pair.Pump();
        Assert.AreEqual(6, sink.Messages[^1][0]);
    }

    private void Push(SlowConsumerPolicy policy, byte number, object? key, int size = 1, TestStream? source = null)
    {
        var payload = new byte[size];
        payload[0] = number;
        byte[]? shared = null;
        _pair.Server.Session.Push(source ?? _source, payload, ref shared, key, policy, _index);
    }

    private byte[] Seen() => _sink.Messages.ConvertAll(static message => message[0]).ToArray();
}
