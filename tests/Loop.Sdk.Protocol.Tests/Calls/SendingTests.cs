using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

[TestClass]
public sealed class SendingTests
{
    [TestMethod]
    public void Raw_item_is_not_let_go_before_it_was_sent_when_the_opening_message_had_to_wait_too()
    {
        var pair = new TestPair(server: new SessionOptions { Limits = new PeerLimits { MaxStreams = 1 } });
        var first = pair.Open();
        var stream = new ProducerStream();
        Assert.IsFalse(pair.Client.Session.Open(stream, TestPeer.Header, default, end: false, borrow: false));
        pair.Server.Accept = static () => new TestStream { Consumes = false };
        pair.Client.Session.Cancel(first.Caller);
        pair.Pump();

        var full = stream.SendAsync(new byte[16 * 1024]);
        for (var sent = 1; sent < 4; sent++)
        {
            Assert.IsTrue(full.IsCompletedSuccessfully && full.Result);
            full = stream.SendAsync(new byte[16 * 1024]);
        }

        Assert.IsFalse(full.IsCompleted, "The window was full, but the item was let go.");
    }
}
