using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class PushAgentConformance : PushConformance
{
    [TestMethod]
    public async Task Agent_is_as_it_was_added()
    {
        var agent = PushSamples.Agent("a2") with { SecretHash = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, SeenAt = 1500 };
        await Store.Agents.AddAsync(agent, 1, None);
        var found = (await Store.Agents.FindAsync("a2", None))!;
        CollectionAssert.AreEqual(agent.SecretHash.ToArray(), found.SecretHash.ToArray());
        Assert.AreEqual(agent, found with { SecretHash = agent.SecretHash });
        Assert.IsNull(await Store.Agents.FindAsync("a3", None));
        await Store.Agents.TouchAsync("a2", 1600, None);
        Assert.AreEqual(1600, (await Store.Agents.FindAsync("a2", None))!.SeenAt);
        await Store.Agents.TouchAsync("a3", 1600, None);
    }

    [TestMethod]
    public async Task The_agent_that_was_away_longest_makes_room_for_a_new_one()
    {
        await StoreAsync("m1", receipts: "r1");
        await Store.Agents.AddAsync(PushSamples.Agent("a2", "ada", 1001), 3, None);
        await Store.Agents.AddAsync(PushSamples.Agent("a3", "ada", 1002), 3, None);
        await Store.Agents.AddAsync(PushSamples.Agent("b1", "bob"), 3, None);
        await Store.Agents.AddAsync(PushSamples.Agent("f1"), 1, None);
        await Store.Agents.AddAsync(PushSamples.Agent("f2"), 1, None);
        var ended = await Store.Agents.AddAsync(PushSamples.Agent("a4", "ada", 1003), 3, None);
        Assert.AreEqual((1, 1, "r1"), (ended.Subscriptions, ended.Messages, string.Join(' ', ended.Receipts)));
        Assert.AreEqual("a2 a3 a4", string.Join(' ', (await Store.Agents.ListAsync("ada", None)).Select(static agent => agent.Id)));
        Assert.AreEqual(new PushEndpointRecord(null, true), await Store.Agents.FindEndpointAsync(Endpoint, None));
        Assert.IsNotNull(await Store.Agents.FindAsync("f1", None));
    }

    [TestMethod]
    public async Task Subscribing_again_gives_the_same_and_another_key_conflicts()
    {
        var again = await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c1", "other"), None);
        Assert.AreEqual((PushSubscribeOutcome.Exists, Endpoint), (again.Outcome, again.Subscription!.Endpoint));
        Assert.AreEqual(PushSubscribeOutcome.Conflict, (await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c1", "other", key: 1), None)).Outcome);
        Assert.AreEqual(PushSubscribeOutcome.AgentGone, (await Store.Agents.SubscribeAsync(PushSamples.Subscription("a9", "c1"), None)).Outcome);
        Assert.AreEqual(new PushEndpointRecord(null, false), await Store.Agents.FindEndpointAsync("other", None));
        Assert.AreEqual(PushSubscribeOutcome.Done, (await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c2", key: 7), None)).Outcome);
        Assert.AreEqual(PushSubscribeOutcome.TooMany, (await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c3", limit: 2), None)).Outcome);
        var found = (await Store.Agents.FindEndpointAsync("a1-c2", None)).Subscription!;
        Assert.AreEqual(("a1", "ada", "c2", 7), (found.Agent, found.Account, found.Channel, found.ServerKey.Span[0]));
        Assert.AreEqual("c1 c2", string.Join(' ', (await Store.Agents.ListSubscriptionsAsync("a1", None)).Select(static one => one.Channel)));
        Assert.IsEmpty(await Store.Agents.ListSubscriptionsAsync("a9", None));
    }

    [TestMethod]
    public async Task Unsubscribing_ends_what_waits_and_leaves_a_trace()
    {
        await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c2"), None);
        await StoreAsync("m1", receipts: "r1");
        await StoreAsync("m2", topic: "t");
        await StoreAsync("m3", "a1-c2");
        var ended = await Store.Agents.UnsubscribeAsync("a1", "c1", 1100, None);
        Assert.AreEqual((1, 2, "r1"), (ended.Subscriptions, ended.Messages, string.Join(' ', ended.Receipts)));
        Assert.AreEqual("m1:Unsubscribed:1100", await ReceiptsAsync("r1"));
        Assert.AreEqual("m3", await WaitingAsync());
        Assert.AreEqual(new PushEndpointRecord(null, true), await Store.Agents.FindEndpointAsync(Endpoint, None));
        Assert.AreEqual(PushStoreOutcome.Gone, (await StoreAsync("m4")).Outcome);
        Assert.AreEqual(0, (await Store.Agents.UnsubscribeAsync("a1", "c1", 1100, None)).Subscriptions);
        Assert.AreEqual(0, (await Store.Agents.UnsubscribeAsync("a9", "c1", 1100, None)).Subscriptions);

        // The channel may be used again, with another endpoint.
        Assert.AreEqual(PushSubscribeOutcome.Done, (await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c1", "e2", key: 3), None)).Outcome);
    }

    [TestMethod]
    public async Task Rotation_changes_the_endpoint_and_keeps_what_waits()
    {
        await StoreAsync("m1");
        Assert.AreEqual("e2", (await Store.Agents.RotateAsync("a1", "c1", "e2", 1100, None))!.Endpoint);
        Assert.IsNull(await Store.Agents.RotateAsync("a1", "c9", "e3", 1100, None));
        Assert.AreEqual(new PushEndpointRecord(null, true), await Store.Agents.FindEndpointAsync(Endpoint, None));
        Assert.AreEqual("c1", (await Store.Agents.FindEndpointAsync("e2", None)).Subscription!.Channel);
        Assert.AreEqual(PushStoreOutcome.Gone, (await StoreAsync("m2")).Outcome);
        Assert.AreEqual(PushStoreOutcome.Done, (await StoreAsync("m3", "e2")).Outcome);
        Assert.AreEqual("m1 m3", await WaitingAsync());
    }

    [TestMethod]
    public async Task Removing_an_agent_ends_all_that_is_its()
    {
        await StoreAsync("m1", receipts: "r1");
        await Store.Messages.StoreAsync(PushSamples.Message("m2", "") with { Endpoint = null, Agent = "a1" }, PushSamples.Quota, None);
        var ended = await Store.Agents.RemoveAsync("a1", 1200, None);
        Assert.AreEqual((1, 2, "r1"), (ended.Subscriptions, ended.Messages, string.Join(' ', ended.Receipts)));
        Assert.IsNull(await Store.Agents.FindAsync("a1", None));
        Assert.IsFalse(await Store.Messages.ExistsAsync("m2", PushSamples.Now, None));
        Assert.IsTrue((await Store.Agents.FindEndpointAsync(Endpoint, None)).IsGone);
        Assert.AreEqual(0, (await Store.Agents.RemoveAsync("a1", 1200, None)).Messages);
    }

    [TestMethod]
    public async Task Records_that_are_none_are_refused()
    {
        await RefusedAsync(() => Store.Agents.AddAsync(PushSamples.Agent(""), 1, None));
        await RefusedAsync(() => Store.Agents.AddAsync(PushSamples.Agent("a\0"), 1, None));
        await RefusedAsync(() => Store.Agents.AddAsync(PushSamples.Agent("x") with { SecretHash = new byte[3] }, 1, None));
        await RefusedAsync(() => Store.Agents.AddAsync(PushSamples.Agent("x", now: -1), 1, None));
        await RefusedAsync(() => Store.Agents.AddAsync(PushSamples.Agent("x"), 0, None));
        await RefusedAsync(() => Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "\ud800"), None));
        await RefusedAsync(() => Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", new string('c', 300)), None));
        await RefusedAsync(() => Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c") with { ServerKey = new byte[300] }, None));
        await RefusedAsync(() => Store.Agents.RotateAsync("a1", "c1", "", 5, None));
        await RefusedAsync(() => Store.Agents.FindEndpointAsync("", None));
    }
}
