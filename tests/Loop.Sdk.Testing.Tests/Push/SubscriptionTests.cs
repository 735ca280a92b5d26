using System.Text.Json;
using Loop.Sdk.Push;
using Loop.Sdk.Testing.Tests.Push.Harness;

namespace Loop.Sdk.Testing.Tests.Push;

[TestClass]
public sealed class SubscriptionTests
{
    [TestMethod]
    public async Task Subscription_is_the_same_when_it_is_asked_for_again_and_has_one_key()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client().Client.Push;
        using var vapid = VapidKeys.Generate();
        var subscription = await push.SubscribeAsync("news", vapid.PublicKey);
        Assert.AreSame(subscription, await push.SubscribeAsync("news", vapid.PublicKey));
        Assert.AreEqual(ErrorCodes.SubscriptionConflict, (await Assert.ThrowsExactlyAsync<LoopException>(() => push.SubscribeAsync("news"))).Code);
        CollectionAssert.AreEqual(vapid.PublicKey.ToArray(), world.Server.Subscriptions.Values.Single().ApplicationServerKey!.Value.ToArray());
        var json = JsonElement.Parse(subscription.ToJson());
        Assert.AreEqual(subscription.Endpoint.AbsoluteUri, json.GetProperty("endpoint").GetString());
        Assert.AreEqual(subscription.Recipient.ToP256dh(), json.GetProperty("keys").GetProperty("p256dh").GetString());
        Assert.AreEqual(subscription.Recipient.ToAuth(), json.GetProperty("keys").GetProperty("auth").GetString());
        Assert.DoesNotContain("https", subscription.ToString(), StringComparison.Ordinal);
        Assert.HasCount(1, await push.ListAsync());
    }

    [TestMethod]
    public async Task Subscriptions_and_what_waits_are_there_again_when_the_application_starts_again()
    {
        await using var world = await PushWorld.StartAsync();
        var store = new MemoryPushKeyStore();
        var first = world.Client(options => options.KeyStore = store);
        var before = await first.Client.Push.SubscribeAsync("news");
        await first.Client.DisposeAsync();
        world.Server.Post(ScriptedPush.Sealed(before, "m1", "while away") with { Channel = world.Server.ChannelOf(before) });
        var push = world.Client(options => options.KeyStore = store).Client.Push;
        var after = await push.SubscribeAsync("news");
        Assert.AreEqual((before.Endpoint, "agent-1"), (after.Endpoint, world.Server.Agent));
        await using var reader = new MessageProbe<ReceivedPush>(after.MessagesAsync());
        Assert.AreEqual("while away", (await reader.NextAsync()).Text);
    }

    [TestMethod]
    public async Task Lost_agent_is_told_with_each_subscription_and_ends_their_messages()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client().Client.Push;
        var (news, mail) = (await push.SubscribeAsync("news"), await push.SubscribeAsync("mail"));
        await using var reader = new MessageProbe<ReceivedPush>(news.MessagesAsync());
        var end = reader.EndAsync();
        world.Server.Agent = null;
        await world.Host.RestartAsync();
        Assert.AreEqual(ErrorCodes.SubscriptionLost, await world.SoonAsync(end));
        await using var changes = new MessageProbe<PushSubscriptionChange>(push.ChangesAsync());
        var (one, two) = (await changes.NextAsync(), await changes.NextAsync());
        CollectionAssert.AreEquivalent((PushSubscription[])[news, mail], (PushSubscription[])[one.Subscription, two.Subscription]);
        Assert.AreEqual((PushSubscriptionChangeKind.Lost, PushSubscriptionChangeKind.Lost), (one.Kind, two.Kind));
        Assert.IsEmpty(await push.ListAsync());
        Assert.AreNotEqual(news.Endpoint, (await push.SubscribeAsync("news")).Endpoint);
    }

    [TestMethod]
    public async Task Removed_moved_and_unknown_subscriptions_are_noticed_on_the_next_session()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client().Client.Push;
        var (removed, moved) = (await push.SubscribeAsync("removed"), await push.SubscribeAsync("moved"));
        world.Server.Subscriptions.Remove(world.Server.ChannelOf(removed));
        await world.Server.RotateAsync(new PushChannelRef(world.Server.ChannelOf(moved)));
        var orphan = Guid.NewGuid().ToString();
        await world.Server.SubscribeAsync(new SubscribePush { Channel = orphan });
        await world.Host.RestartAsync();
        await using var changes = new MessageProbe<PushSubscriptionChange>(push.ChangesAsync());
        var both = new[] { await world.SoonAsync(changes.NextAsync()), await changes.NextAsync() }.ToDictionary(static change => change.Kind, static change => change.Subscription);
        Assert.AreSame(removed, both[PushSubscriptionChangeKind.Lost]);
        Assert.AreSame(moved, both[PushSubscriptionChangeKind.Moved]);
        await world.Server.UntilAsync(server => !server.Subscriptions.ContainsKey(orphan));
        Assert.AreEqual(world.Server.Subscriptions.Values.Single().Endpoint, moved.Endpoint.AbsoluteUri);
    }

    [TestMethod]
    public async Task Unsubscribing_and_rotating_change_the_server_and_the_store()
    {
        await using var world = await PushWorld.StartAsync();
        var store = new MemoryPushKeyStore();
        var push = world.Client(options => options.KeyStore = store).Client.Push;
        var (news, mail) = (await push.SubscribeAsync("news"), await push.SubscribeAsync("mail"));
        var before = mail.Endpoint;
        await mail.RotateAsync();
        Assert.AreNotEqual(before, mail.Endpoint);
        await using var reader = new MessageProbe<ReceivedPush>(news.MessagesAsync());
        var end = reader.EndAsync();
        await news.UnsubscribeAsync();
        await news.UnsubscribeAsync();
        Assert.AreEqual(ErrorCodes.SubscriptionLost, await end);
        Assert.AreEqual(mail.Endpoint.AbsoluteUri, world.Server.Subscriptions.Values.Single().Endpoint);
        Assert.AreEqual(ErrorCodes.SubscriptionLost, (await Assert.ThrowsExactlyAsync<LoopException>(() => news.RotateAsync())).Code);
        var kept = PushKeyText.Of((await store.LoadAsync())!.Value);
        Assert.Contains(mail.Endpoint.AbsoluteUri, kept);
        Assert.DoesNotContain("\"news\"", kept, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Newer_process_with_the_same_store_ends_what_waits_here_until_it_is_used_again()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client().Client.Push.SubscribeAsync("news");
        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        var end = reader.EndAsync();
        world.Server.EndReceiving(new LoopException(ErrorCodes.AgentReplaced, "A newer one."));
        Assert.AreEqual(ErrorCodes.AgentReplaced, await end);
        await using var again = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        world.Server.Post(subscription, "m1", "x");
        Assert.AreEqual("m1", (await world.SoonAsync(again.NextAsync())).Id);
        Assert.AreEqual(2, world.Server.Hellos);
    }

    [TestMethod]
    public async Task Urgency_is_said_at_once_and_at_every_hello()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client(static options => options.Urgency = PushUrgency.Low).Client.Push;
        await push.ListAsync();
        Assert.AreEqual(PushUrgency.Low, world.Server.Urgency);
        await push.SetUrgencyAsync(PushUrgency.High);
        Assert.AreEqual(PushUrgency.High, world.Server.Urgency);
        await world.Host.RestartAsync();
        await world.SoonAsync(world.Server.UntilAsync(static server => server is { Hellos: 2, Urgency: PushUrgency.High }));
    }

    [TestMethod]
    public async Task Disposal_ends_what_waits()
    {
        await using var world = await PushWorld.StartAsync();
        var client = world.Client();
        var push = client.Client.Push;
        var subscription = await push.SubscribeAsync("news");
        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        var end = reader.EndAsync();
        await client.Client.DisposeAsync();
        Assert.AreEqual(ErrorCodes.Closed, await end);
        Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => push.SubscribeAsync("more"))).Code);
    }
}
