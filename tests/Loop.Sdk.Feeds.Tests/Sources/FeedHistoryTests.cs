using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Sources;

[TestClass]
public sealed class FeedHistoryTests
{
    private static readonly PayloadCodec<Step> Codec = PayloadCodec.Json<Step>(TestJson.Default);

    [TestMethod]
    public void History_keeps_the_newest_when_there_are_too_many()
    {
        var history = new FeedHistory<Step>(maxCount: 3, maxBytes: int.MaxValue);
        for (var offset = 1; offset <= 100; offset++)
        {
            history.Add(Entry(offset));
            Assert.AreEqual(Math.Min(offset, 3), history.Count);
            for (var back = 0; back < history.Count; back++)
            {
                Assert.AreEqual(offset - back, history.FromNewest(back).Position.Offset);
            }
        }
    }

    [TestMethod]
    public void History_lets_the_oldest_go_when_they_have_too_many_bytes()
    {
        var history = new FeedHistory<Step>(maxCount: 100, maxBytes: 1000);
        for (var offset = 1; offset <= 50; offset++)
        {
            var entry = Entry(offset, padding: 300);
            entry.PayloadFor(Codec);
            history.Add(entry);
        }

        Assert.AreEqual(3, history.Count);
        Assert.AreEqual(50, history.FromNewest(0).Position.Offset);
    }

    [TestMethod]
    public void History_counts_bytes_when_they_are_made_later()
    {
        var history = new FeedHistory<Step>(maxCount: 100, maxBytes: 1000);
        for (var offset = 1; offset <= 10; offset++)
        {
            history.Add(Entry(offset, padding: 300));
        }

        Assert.AreEqual(10, history.Count);
        for (var back = 0; back < history.Count; back++)
        {
            var entry = history.FromNewest(back);
            entry.PayloadFor(Codec);
            history.OnGrown(entry.Bytes);
        }

        Assert.AreEqual(3, history.Count);
    }

    private static FeedEntry<Step> Entry(long offset, int padding = 0) => new(new Step { Number = (int)offset, Padding = new string('x', padding) }, new FeedPosition(1, offset));
}
