using Loop.Sdk.Push;
using Loop.Sdk.Testing.Tests.Push.Harness;

namespace Loop.Sdk.Testing.Tests.Push;

/// <summary>A server that makes no sense, and a key store that fails.</summary>
[TestClass]
public sealed class HostilePushTests
{
    public static IEnumerable<object[]> Welcomes =>
    [
        [new PushWelcome { Agent = "", Secret = "s", IsNew = true }],
        [new PushWelcome { Agent = "a", IsNew = true }],
        [new PushWelcome { Agent = "another", IsNew = false }],
    ];

    [TestMethod]
    [DynamicData(nameof(Welcomes))]
    public async Task Welcome_is_refused_when_it_makes_no_sense(PushWelcome welcome)
    {
        await using var world = await PushWorld.StartAsync();
        world.Server.Welcome = () => welcome;
        var push = world.Client().Client.Push;
        Assert.AreEqual(ErrorCodes.ProtocolError, await CodeAsync(() => push.SubscribeAsync("news")));

        // What failed for good is tried again at the next use.
        world.Server.Welcome = null;
        Assert.AreEqual("news", (await push.SubscribeAsync("news")).Name);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("push")]
    [DataRow("javascript:alert(1)")]
    [DataRow("file:///etc/passwd")]
    public async Task Endpoint_is_refused_when_it_is_no_web_address(string endpoint)
    {
        await using var world = await PushWorld.StartAsync();
        world.Server.Shown = info => info with { Endpoint = endpoint };
        var push = world.Client().Client.Push;
        Assert.AreEqual(ErrorCodes.ProtocolError, await CodeAsync(() => push.SubscribeAsync("news")));
        Assert.IsEmpty(await push.ListAsync());
    }

    [TestMethod]
    public async Task Subscription_of_another_channel_is_refused()
    {
        await using var world = await PushWorld.StartAsync();
        world.Server.Shown = static info => info with { Channel = "another" };
        Assert.AreEqual(ErrorCodes.ProtocolError, await CodeAsync(() => world.Client().Client.Push.SubscribeAsync("news")));
    }

    [TestMethod]
    public async Task Message_without_an_id_ends_the_receiving()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client().Client.Push.SubscribeAsync("news");
        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        var end = reader.EndAsync();
        world.Server.Post(ScriptedPush.Sealed(subscription, "", "x") with { Channel = world.Server.ChannelOf(subscription) });
        Assert.AreEqual(ErrorCodes.ProtocolError, await end);
    }

    [TestMethod]
    public async Task Refusals_of_the_server_reach_the_caller()
    {
        await using var world = await PushWorld.StartAsync();
        world.Server.Refusal = new LoopException(ErrorCodes.TooManySubscriptions, "Enough.");
        var push = world.Client().Client.Push;
        Assert.AreEqual(ErrorCodes.TooManySubscriptions, await CodeAsync(() => push.SubscribeAsync("news")));
        world.Server.Refusal = null;
        Assert.IsNotNull(await push.SubscribeAsync("news"));
    }

    [TestMethod]
    public async Task Failing_key_store_is_told_and_loses_no_subscription_that_was_given_out()
    {
        await using var world = await PushWorld.StartAsync();
        var store = new FailingKeyStore();
        var push = world.Client(options => options.KeyStore = store).Client.Push;
        await push.ListAsync();
        store.Fails = true;
        Assert.AreEqual(ErrorCodes.StoreUnavailable, await CodeAsync(() => push.SubscribeAsync("news")));
        store.Fails = false;
        var subscription = await push.SubscribeAsync("news");
        Assert.HasCount(1, world.Server.Subscriptions);
        Assert.Contains(subscription.Endpoint.AbsoluteUri, PushKeyText.Of((await store.LoadAsync())!.Value));
    }

    [TestMethod]
    [DataRow("{", ErrorCodes.StoreDamaged)]
    [DataRow("null", ErrorCodes.StoreDamaged)]
    [DataRow("""{"version":1,"subscriptions":[null]}""", ErrorCodes.StoreDamaged)]
    [DataRow("""{"version":1,"subscriptions":[{"name":"n","channel":"c","endpoint":"e","keys":""}]}""", ErrorCodes.StoreDamaged)]
    [DataRow("""{}""", ErrorCodes.StoreDamaged)]
    [DataRow("""{"version":1,"subscriptions":[{"name":"n","channel":"11111111-2222-4333-8444-555555555555","endpoint":"https://e.example/","keys":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""", ErrorCodes.StoreDamaged)]
    [DataRow("""{"version":2}""", ErrorCodes.StoreTooNew)]
    public async Task What_was_kept_is_refused_and_left_when_it_cannot_be_read(string kept, string code)
    {
        await using var world = await PushWorld.StartAsync();
        var store = new MemoryPushKeyStore();
        await store.SaveAsync(System.Text.Encoding.UTF8.GetBytes(kept));
        Assert.AreEqual(code, await CodeAsync(() => world.Client(options => options.KeyStore = store).Client.Push.SubscribeAsync("news")));
        Assert.AreEqual(kept, PushKeyText.Of((await store.LoadAsync())!.Value));
        Assert.AreEqual(0, world.Server.Hellos);
    }

    private static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsExactlyAsync<LoopException>(call)).Code;
}
