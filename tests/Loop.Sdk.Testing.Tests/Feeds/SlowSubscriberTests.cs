using Loop.Sdk.Feeds;
using Loop.Sdk.Sessions;
using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Feeds;

[TestClass]
public sealed class SlowSubscriberTests
{
    private const int Rounds = 200;
    private const int PerRound = 1_000;

    [TestMethod]
    [DataRow(SlowConsumerPolicy.Latest, false)]
    [DataRow(SlowConsumerPolicy.Latest, true)]
    [DataRow(SlowConsumerPolicy.Reliable, false)]
    [DataRow(SlowConsumerPolicy.Reliable, true)]
    public async Task Others_get_everything_when_one_subscriber_takes_nothing(SlowConsumerPolicy policy, bool frozen)
    {
        var world = new World { News = new Topic<int>(new TopicOptions<int> { Policy = policy }) };
        await using var host = await Hosts.StartAsync(world);
        var slow = await host.ConnectAsync("slow");
        await using var idle = slow.Probe().ListenAsync().GetAsyncEnumerator();
        var first = idle.MoveNextAsync();
        await using var busy = (await host.ConnectAsync("busy")).Probe().ListenAsync().GetAsyncEnumerator();
        var next = busy.MoveNextAsync();
        await Eventually.TrueAsync(() => world.News.SubscriberCount == 2);
        slow.Link.IsFrozen = frozen;

        var expected = 0;
        for (var round = 0; round < Rounds; round++)
        {
            for (var item = 0; item < PerRound; item++)
            {
                world.News.Publish((round * PerRound) + item);
            }

            for (var item = 0; item < PerRound; item++)
            {
                Assert.IsTrue(await next);
                Assert.AreEqual(expected++, busy.Current);
                next = busy.MoveNextAsync();
            }
        }

        world.News.Complete();
        Assert.IsFalse(await next);
        slow.Link.Cut();
        slow.Link.IsFrozen = false;
        await LearnsHonestlyAsync(idle, first, policy);
    }

    private static async Task LearnsHonestlyAsync(IAsyncEnumerator<int> idle, ValueTask<bool> first, SlowConsumerPolicy policy)
    {
        var items = new List<int>();
        LoopException? error = null;
        try
        {
            for (var more = await first; more; more = await idle.MoveNextAsync())
            {
                items.Add(idle.Current);
            }
        }
        catch (LoopException failure)
        {
            error = failure;
        }

        Assert.IsTrue(items.Zip(items.Skip(1)).All(static pair => pair.First < pair.Second));
        if (policy == SlowConsumerPolicy.Reliable)
        {
            Assert.AreEqual(ErrorCodes.SessionLost, error?.Code);
        }
        else
        {
            Assert.IsNull(error);
            Assert.AreEqual((Rounds * PerRound) - 1, items[^1]);
            Assert.IsLessThan(Rounds * PerRound, items.Count);
        }
    }
}
