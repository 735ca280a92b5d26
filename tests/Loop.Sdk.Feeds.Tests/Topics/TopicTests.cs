using Loop.Sdk.Feeds.Tests.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds.Tests.Topics;

[TestClass]
public sealed class TopicTests
{
    private static readonly string Padding = new('x', 1000);

    [TestMethod]
    public async Task Topic_sends_the_same_order_to_all_when_many_publish()
    {
        var topic = new Topic<Tick>(new TopicOptions<Tick> { Policy = SlowConsumerPolicy.Reliable });
        await using var link = new TestLink(new TestService { Topic = topic });
        await using var one = await SubscribeAsync(link, topic, 1);
        await using var other = await SubscribeAsync(link, topic, 2);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(publisher => Task.Run(() =>
        {
            for (var number = 1; number <= 250; number++)
            {
                topic.Publish(new Tick((publisher * 250) + number, "", ""));
            }
        })));

        CollectionAssert.AreEqual(await TakeAsync(one, 1000), await TakeAsync(other, 1000));
    }

    [TestMethod]
    public async Task Topic_keeps_only_the_latest_of_each_key_when_the_subscriber_is_absent()
    {
        var topic = new Topic<Tick>(new TopicOptions<Tick> { Key = static tick => tick.Key });
        await using var link = new TestLink(new TestService { Topic = topic });
        await using var items = await SubscribeAsync(link, topic, 1);
        await link.CutAsync();

        for (var number = 1; number <= 1000; number++)
        {
            topic.Publish(new Tick(number, number % 2 == 0 ? "even" : "odd", Padding));
        }

        link.Reconnect();
        topic.Complete();
        var received = new List<int>();
        while (await items.MoveNextAsync())
        {
            received.Add(items.Current.Number);
        }

        CollectionAssert.AreEqual(new[] { 999, 1000 }, received);
    }

    [TestMethod]
    public async Task Topic_leaves_out_the_oldest_when_a_subscriber_without_keys_is_too_slow()
    {
        var topic = new Topic<Tick>();
        await using var link = new TestLink(new TestService { Topic = topic });
        await using var items = await SubscribeAsync(link, topic, 1);

        for (var number = 1; number <= 5000; number++)
        {
            topic.Publish(new Tick(number, "", Padding));
        }

        Assert.IsLessThan(1024 * 1024, link.ServerEnd.Session.Unacknowledged);
        topic.Complete();
        var received = new List<int>();
        while (await items.MoveNextAsync())
        {
            received.Add(items.Current.Number);
        }

        Assert.AreEqual(5000, received[^1]);
        Assert.IsLessThan(1000, received.Count);
        CollectionAssert.AreEqual(received.Order().ToList(), received);
    }

    [TestMethod]
    public async Task Topic_keeps_each_key_in_order_when_the_subscriber_is_slow()
    {
        var topic = new Topic<Tick>(new TopicOptions<Tick> { Key = static tick => tick.Key });
        await using var link = new TestLink(new TestService { Topic = topic });
        await using var items = await SubscribeAsync(link, topic, 1);

        for (var number = 1; number <= 5000; number++)
        {
            topic.Publish(new Tick(number, (number % 7).ToString(System.Globalization.CultureInfo.InvariantCulture), Padding));
        }

        topic.Complete();
        var last = new Dictionary<string, int>();
        while (await items.MoveNextAsync())
        {
            Assert.IsGreaterThan(last.GetValueOrDefault(items.Current.Key), items.Current.Number);
            last[items.Current.Key] = items.Current.Number;
        }

        CollectionAssert.AreEquivalent(Enumerable.Range(4994, 7).ToList(), last.Values.ToList());
    }

    [TestMethod]
    public async Task Topic_closes_the_slow_session_alone_when_it_must_leave_nothing_out()
    {
        var topic = new Topic<Tick>(new TopicOptions<Tick> { Policy = SlowConsumerPolicy.Reliable });
        var service = new TestService { Topic = topic };
        await using var slow = new TestLink(service);
        await using var quick = new TestLink(service);
        await using var unread = await SubscribeAsync(slow, topic, 1);
        await using var items = await SubscribeAsync(quick, topic, 2);

        for (var number = 1; number <= 1000; number++)
        {
            topic.Publish(new Tick(number, "", Padding));
            await items.MoveNextAsync();
            Assert.AreEqual(number, items.Current.Number);
        }

        Assert.AreEqual(ErrorCodes.SlowConsumer, slow.ServerEnd.Overflow?.Code);
        Assert.IsNotNull(slow.ServerEnd.Session.Closed);
        Assert.IsNull(quick.ServerEnd.Session.Closed);
        await Until.TrueAsync(() => topic.SubscriberCount == 1);
    }

    [TestMethod]
    public async Task Topic_is_drained_when_nothing_waits_for_anybody()
    {
        var topic = new Topic<Tick>();
        await using var link = new TestLink(new TestService { Topic = topic });
        await using var items = await SubscribeAsync(link, topic, 1);
        await topic.DrainAsync(Timeout.InfiniteTimeSpan);
        for (var number = 1; number <= 200; number++)
        {
            topic.Publish(new Tick(number, "", Padding));
        }

        var draining = topic.DrainAsync(Timeout.InfiniteTimeSpan).AsTask();
        Assert.IsFalse(draining.IsCompleted);
        await TakeAsync(items, 200);

        await draining;
    }

    [TestMethod]
    public async Task Topic_does_not_wait_for_the_gone_when_it_is_drained()
    {
        var topic = new Topic<Tick>();
        await using var link = new TestLink(new TestService { Topic = topic });
        var items = await SubscribeAsync(link, topic, 1);
        for (var number = 1; number <= 200; number++)
        {
            topic.Publish(new Tick(number, "", Padding));
        }

        var draining = topic.DrainAsync(Timeout.InfiniteTimeSpan).AsTask();
        await items.DisposeAsync();

        await draining;
    }

    [TestMethod]
    public async Task Topic_waits_for_a_slow_subscriber_once_when_it_is_drained()
    {
        var topic = new Topic<Tick>();
        await using var link = new TestLink(new TestService { Topic = topic });
        await using var items = await SubscribeAsync(link, topic, 1);
        for (var number = 1; number <= 200; number++)
        {
            topic.Publish(new Tick(number, "", Padding));
        }

        await topic.DrainAsync(TimeSpan.Zero);
        await topic.DrainAsync(Timeout.InfiniteTimeSpan);

        await TakeAsync(items, 200);
        await topic.DrainAsync(Timeout.InfiniteTimeSpan);
    }

    private static async Task<IAsyncEnumerator<Tick>> SubscribeAsync(TestLink link, Topic<Tick> topic, int subscribers)
    {
        var items = link.Client.Ticks().GetAsyncEnumerator();
        var first = items.MoveNextAsync();
        await Until.TrueAsync(() => topic.SubscriberCount == subscribers);
        topic.Publish(new Tick(0, "first", ""));
        await first;
        return new Skipping(items);
    }

    private static async Task<List<int>> TakeAsync(IAsyncEnumerator<Tick> items, int count)
    {
        var taken = new List<int>();
        while (taken.Count < count && await items.MoveNextAsync())
        {
            taken.Add(items.Current.Number);
        }

        return taken;
    }

    /// <summary>Passes over what was published to make sure of a subscription.</summary>
    private sealed class Skipping(IAsyncEnumerator<Tick> items) : IAsyncEnumerator<Tick>
    {
        public Tick Current => items.Current;

        public async ValueTask<bool> MoveNextAsync()
        {
            do
            {
                if (!await items.MoveNextAsync())
                {
                    return false;
                }
            }
            while (items.Current.Number == 0);

            return true;
        }

        public ValueTask DisposeAsync() => items.DisposeAsync();
    }
}
