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

    [TestMethod]
    public void History_finds_what_follows_when_changes_stand_for_several()
    {
        var history = new FeedHistory<Step>(maxCount: 4, maxBytes: int.MaxValue);
        foreach (var (follows, offset) in new (long, long)[] { (1, 2), (2, 5), (5, 6), (6, 10), (10, 11) })
        {
            history.Add(new FeedEntry<Step>(new Step(), new FeedPosition(1, offset), follows));
        }

        Assert.AreEqual(2, history.Start);
        Assert.AreEqual("5 5 5 6 10 10 10 10 11", string.Join(' ', Enumerable.Range(2, 9).Select(offset => history.After(offset).Position.Offset)));
        history.Clear();
        Assert.AreEqual(0, history.Count);
    }

    private static FeedEntry<Step> Entry(long offset, int padding = 0) => new(new Step { Number = (int)offset, Padding = new string('x', padding) }, new FeedPosition(1, offset));
}
