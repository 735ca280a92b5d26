using Loop.Sdk.Feeds;
using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Feeds;

[TestClass]
public sealed class FeedRecoveryTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task A_feed_goes_on_without_a_gap_when_the_link_is_cut()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = host.CreateClient();
        await using var events = client.Probe().Watch().SubscribeAsync().GetAsyncEnumerator();
        await events.TakeAsync(1);

        for (var number = 1; number <= 50; number++)
        {
            client.Link.Cut();
            _world.Sum.Publish(number);
        }

        var changes = await events.TakeAsync(50);
        Assert.IsTrue(changes.All(static change => change.Kind == FeedEventKind.Change));
        Check.IsCount(50, [.. changes.Select(static change => change.Change)]);
    }

    [TestMethod]
    public async Task A_feed_resumes_when_the_server_restarts_and_its_source_survives()
    {
        await using var host = await Hosts.StartAsync(_world);
        await using var events = host.CreateClient().Probe().Watch().SubscribeAsync().GetAsyncEnumerator();
        await events.TakeAsync(1);
        _world.Sum.Publish(1);
        await events.TakeAsync(1);

        await host.RestartAsync();
        _world.Sum.Publish(2);

        var next = await events.TakeAsync(2);
        Assert.AreEqual(FeedEventKind.Resumed, next[0].Kind);
        Assert.AreEqual(2, next[1].Change);
    }

    [TestMethod]
    public async Task A_feed_starts_over_when_the_server_restarts_with_a_new_source()
    {
        await using var host = await Hosts.StartAsync(_world);
        await using var events = host.CreateClient().Probe().Watch().SubscribeAsync().GetAsyncEnumerator();
        await events.TakeAsync(1);
        _world.Sum.Publish(1);
        await events.TakeAsync(1);

        _world.Sum = World.NewSum();
        _world.Sum.Publish(40);
        await host.RestartAsync();

        var snapshot = (await events.TakeAsync(1))[0];
        Assert.AreEqual(FeedEventKind.Snapshot, snapshot.Kind);
        Assert.AreEqual(40, snapshot.Snapshot);
        Assert.IsFalse(snapshot.Recovered);
    }

    [TestMethod]
    public async Task A_feed_gives_a_snapshot_when_a_slow_subscriber_missed_more_than_is_kept()
    {
        _world.Sum = World.NewSum(new FeedOptions { HistoryCount = 10 });
        await using var host = await Hosts.StartAsync(_world);
        await using var events = host.CreateClient().Probe().Watch().SubscribeAsync().GetAsyncEnumerator();
        await events.TakeAsync(1);

        for (var number = 0; number < 300_000; number++)
        {
            _world.Sum.Publish(1);
        }

        var (sum, skipped) = (0, false);
        while (sum < 300_000)
        {
            var next = (await events.TakeAsync(1))[0];
            skipped |= next.Kind == FeedEventKind.Snapshot;
            sum = next.Kind == FeedEventKind.Snapshot ? next.Snapshot : sum + next.Change;
        }

        Assert.AreEqual(300_000, sum);
        Assert.IsTrue(skipped);
    }
}
