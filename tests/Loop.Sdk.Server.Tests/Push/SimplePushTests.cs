using System.Text;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;

namespace Loop.Sdk.Server.Tests.Push;

[TestClass]
public sealed class SimplePushTests
{
    [TestMethod]
    public async Task Only_the_newest_version_waits()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        foreach (var version in new[] { 5, 7, 6, 7 })
        {
            var stored = await PutAsync(world, user.Endpoint, $"version={version}");
            Assert.AreEqual((202, "{}", "application/json"), (stored.Status, stored.Text, stored["Content-Type"]));
        }

        await using var messages = user.Receive();
        var message = await messages.NextAsync();
        Assert.AreEqual(("simplepush", """{"version":7,"data":null}"""), (message.Encoding, PushUser.TextOf(message)));
        await messages.AcknowledgeAsync();
        Assert.AreEqual(200, (await PutAsync(world, user.Endpoint, "version=8&data=a%26b+c")).Status);
        Assert.AreEqual("""{"version":8,"data":"a\u0026b c"}""", await messages.TextAsync());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("version=")]
    [DataRow("version=0")]
    [DataRow("data=x")]
    public async Task Without_a_version_it_is_the_time(string form)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual(202, (await PutAsync(world, user.Endpoint, form)).Status);
        await using var messages = user.Receive();
        Assert.Contains("\"version\":1893456000", await messages.TextAsync());
    }

    [TestMethod]
    public async Task A_version_may_stand_in_the_query()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual(202, (await world.SendAsync("PUT", $"{user.Endpoint}?version=12")).Status);
        await using var messages = user.Receive();
        Assert.Contains("\"version\":12", await messages.TextAsync());
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "put version")]
    [DataRow("version=x")]
    [DataRow("version=-1")]
    [DataRow("version=1.5")]
    [DataRow("version=9223372036854775808")]
    [DataRow("version=1&version=2")]
    public async Task Versions_that_are_none_are_refused(string form)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await PutAsync(world, user.Endpoint, form);
        Assert.AreEqual((400, "\"Invalid Version\""), (answer.Status, answer.Text));

        // The version is looked at first.
        Assert.AreEqual(400, (await PutAsync(world, "https://push.example/push/v1/x", form)).Status);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "put data")]
    [TestProperty(PushRefusals.Property, "put endpoint")]
    [TestProperty(PushRefusals.Property, "put key")]
    public async Task Data_has_a_limit_and_endpoints_have_to_be_there()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual(202, (await PutAsync(world, user.Endpoint, $"version=1&data={new string('x', 4096)}")).Status);
        var large = await PutAsync(world, user.Endpoint, $"version=1&data={new string('x', 4097)}");
        Assert.AreEqual(413, large.Status);
        Assert.Contains("4096", large.Text);
        Assert.AreEqual(413, (await PutAsync(world, user.Endpoint, new string('x', 20_000))).Status);
        var unknown = await PutAsync(world, "https://push.example/push/v1/AAAAAAAAAAAAAAAAAAAAAA", "version=1");
        Assert.AreEqual((404, "\"Invalid Token\""), (unknown.Status, unknown.Text));
        await user.Push.UnsubscribeAsync(new(PushUser.Channel));
        Assert.AreEqual((410, "max-age=86400"), await PutAsync(world, user.Endpoint, "version=1") is var gone ? (gone.Status, gone["Cache-Control"]) : default);
        using var keys = VapidKeys.Generate();
        var restricted = await world.SubscriberAsync("bob", keys.PublicKey);
        Assert.AreEqual(401, (await PutAsync(world, restricted.Endpoint, "version=1")).Status);
    }

    private static Task<PushAnswer> PutAsync(PushWorld world, string endpoint, string form) => world.SendAsync("PUT", endpoint, Encoding.UTF8.GetBytes(form));
}
