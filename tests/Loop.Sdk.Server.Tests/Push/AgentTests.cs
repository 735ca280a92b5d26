using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Push;

[TestClass]
public sealed class AgentTests
{
    private const string Other = "99999999-2222-4333-8444-555555555555";

    [TestMethod]
    public async Task Agent_comes_back_with_its_secret_and_has_its_subscriptions()
    {
        await using var world = await PushWorld.StartAsync();
        var first = await world.SubscriberAsync();
        Assert.IsTrue(first.Welcome.IsNew);
        Assert.AreEqual((22, 43), (first.Welcome.Agent.Length, first.Secret.Length));
        var second = world.User("ada");
        var welcome = await second.HelloAsync(first.Welcome.Agent, first.Secret);
        Assert.AreEqual((first.Welcome.Agent, null, false), (welcome.Agent, welcome.Secret, welcome.IsNew));
        var subscription = (await second.Push.ListAsync()).Items.Single();
        Assert.AreEqual((PushUser.Channel, first.Endpoint), (subscription.Channel, subscription.Endpoint));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "session agent of another")]
    public async Task Nobody_becomes_an_agent_without_its_secret_or_for_another_account()
    {
        await using var world = await PushWorld.StartAsync();
        var ada = await world.SubscriberAsync();
        var id = ada.Welcome.Agent;
        await using var messages = ada.Receive();
        foreach (var (account, agent, secret) in new (string, string, string?)[]
        {
            ("bob", id, ada.Secret), ("ada", id, null), ("ada", id, ""), ("ada", id, new string('A', 43)), ("ada", id, ada.Secret[..42]), ("ada", "x", ada.Secret),
            ("ada", new string('A', 22), ada.Secret), ("ada", $"{id}\0", ada.Secret), ("ada", id, ada.Secret + "="),
        })
        {
            var thief = world.User(account);
            var welcome = await thief.HelloAsync(agent, secret);
            Assert.IsTrue(welcome.IsNew);
            Assert.AreNotEqual(id, welcome.Agent);
            Assert.IsEmpty((await thief.Push.ListAsync()).Items);
        }

        // The agent does not notice any of it.
        await world.PushAsync(ada.Endpoint, "still");
        Assert.AreEqual("still", await messages.TextAsync());
        await messages.AcknowledgeAsync();
    }

    [TestMethod]
    public async Task A_newer_session_replaces_the_older_one()
    {
        await using var world = await PushWorld.StartAsync();
        var older = await world.SubscriberAsync();
        await using var messages = older.Receive();
        await world.PushAsync(older.Endpoint, "one");
        Assert.AreEqual("one", await messages.TextAsync());
        var newer = world.User("ada");
        await newer.HelloAsync(older.Welcome.Agent, older.Secret);
        Assert.AreEqual(ErrorCodes.AgentReplaced, await messages.CodeAsync());
        Assert.AreEqual(ErrorCodes.AgentReplaced, await older.Push.ListAsync().CodeAsync());
        Assert.AreEqual(ErrorCodes.AgentReplaced, await older.AcknowledgeAsync(new string('A', 22)).CodeAsync());
        await using var again = newer.Receive();
        Assert.AreEqual("one", await again.TextAsync());

        // The older one's end is not the newer one's.
        await older.Test.Client.DisposeAsync();
        await world.PushAsync(older.Endpoint, "two", "0");
        Assert.AreEqual("two", await again.TextAsync());
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "session no account")]
    [TestProperty(PushRefusals.Property, "session no agent")]
    public async Task Calls_before_hello_or_without_an_account_are_refused()
    {
        await using var world = await PushWorld.StartAsync();
        var user = world.User("ada");
        Assert.AreEqual(ErrorCodes.AgentRequired, await user.Push.ListAsync().CodeAsync());
        Assert.AreEqual(ErrorCodes.AgentRequired, await user.Push.Receive().CodeAsync());
        Assert.AreEqual(ErrorCodes.AgentRequired, await user.SubscribeAsync().CodeAsync());
        var nobody = world.User(null);
        Assert.AreEqual(ErrorCodes.AccountRequired, await nobody.HelloAsync().CodeAsync());
        Assert.AreEqual(ErrorCodes.AccountRequired, await nobody.Push.ListAsync().CodeAsync());
    }

    [TestMethod]
    public async Task Subscribing_again_gives_the_same_endpoint_unless_the_key_is_another()
    {
        await using var world = await PushWorld.StartAsync(options => options.MaxSubscriptions = 2);
        var user = await world.SubscriberAsync();
        var endpoint = user.Endpoint;
        Assert.MatchesRegex("^https://push.example/push/v1/[A-Za-z0-9_-]{22}$", endpoint);
        Assert.AreEqual(endpoint, await user.SubscribeAsync());
        using var keys = VapidKeys.Generate();
        Assert.AreEqual(ErrorCodes.SubscriptionConflict, await user.SubscribeAsync(key: keys.PublicKey).CodeAsync());
        Assert.AreNotEqual(endpoint, await user.SubscribeAsync(Other, keys.PublicKey));
        Assert.AreEqual(ErrorCodes.TooManySubscriptions, await user.SubscribeAsync("88888888-2222-4333-8444-555555555555").CodeAsync());
        var items = (await user.Push.ListAsync()).Items;
        CollectionAssert.AreEqual(keys.PublicKey.ToArray(), items[1].ApplicationServerKey!.Value.ToArray());
        Assert.IsNull(items[0].ApplicationServerKey);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "session channel")]
    [DataRow("")]
    [DataRow("x")]
    [DataRow("11111111222243338444555555555555")]
    [DataRow("{11111111-2222-4333-8444-555555555555}")]
    [DataRow("AAAAAAAA-2222-4333-8444-555555555555")]
    [DataRow("00000000-0000-0000-0000-000000000000")]
    public async Task Channels_that_are_no_uuid_are_refused(string channel)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual(ErrorCodes.InvalidRequest, await user.SubscribeAsync(channel).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await user.Push.RotateAsync(new(channel)).CodeAsync());
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "session key")]
    public async Task Keys_off_the_curve_are_refused()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual(ErrorCodes.InvalidKey, await user.SubscribeAsync(Other, Array.Empty<byte>()).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidKey, await user.SubscribeAsync(Other, new byte[65]).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidKey, await user.SubscribeAsync(Other, new byte[] { 4 }.Concat(new byte[64]).ToArray()).CodeAsync());
    }

    [TestMethod]
    public async Task Rotation_ends_the_old_endpoint_at_once()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await world.PushAsync(user.Endpoint, "before");
        var rotated = await user.Push.RotateAsync(new(PushUser.Channel));
        Assert.AreNotEqual(user.Endpoint, rotated.Endpoint);
        Assert.AreEqual(410, (await world.PostAsync(user.Endpoint, "old")).Status);
        await world.PushAsync(rotated.Endpoint, "after");
        await using var messages = user.Receive();
        Assert.AreEqual("before after", await messages.TextsAsync(2));
        Assert.AreEqual(ErrorCodes.SubscriptionNotFound, await user.Push.RotateAsync(new(Other)).CodeAsync());
    }

    [TestMethod]
    public async Task A_forgotten_agent_is_gone_with_all_that_was_its()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await using var messages = user.Receive();
        await world.PushAsync(user.Endpoint, "one");
        Assert.AreEqual("one", await messages.TextAsync());
        var agent = user.Welcome.Agent;
        await user.Push.ForgetAsync();
        Assert.AreEqual(ErrorCodes.AgentRequired, await messages.CodeAsync());
        Assert.AreEqual(ErrorCodes.AgentRequired, await user.Push.ListAsync().CodeAsync());
        Assert.AreEqual(410, (await world.PostAsync(user.Endpoint, "two")).Status);
        Assert.IsTrue((await user.HelloAsync(agent, user.Secret)).IsNew);
    }

    [TestMethod]
    public async Task Agents_that_stay_away_are_removed_and_those_that_stay_connected_are_not()
    {
        await using var world = await PushWorld.StartAsync();
        var away = await world.SubscriberAsync("bob");
        var here = await world.SubscriberAsync();
        await away.Test.Client.DisposeAsync();
        var host = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Server.Push.PushHost>(world.Host.Services);
        for (var day = 0; day < 62; day++)
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            await host.SweepAsync(CancellationToken.None);
            world.Core.Attachments.Attach(here.Welcome.Agent);
        }

        Assert.IsNull(await world.Storage.Agents.FindAsync(away.Welcome.Agent, CancellationToken.None));
        Assert.IsNotNull(await world.Storage.Agents.FindAsync(here.Welcome.Agent, CancellationToken.None));
        Assert.AreEqual(410, (await world.PostAsync(away.Endpoint, "x")).Status);
        Assert.AreEqual(201, (await world.PostAsync(here.Endpoint, "x")).Status);
    }
}
