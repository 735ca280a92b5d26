using System.Net.WebSockets;
using System.Text;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Proof;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>What clients of Mozilla's service rely on: hello, register, pings, broadcasts, and how connections end.</summary>
[TestClass]
public sealed class SessionCaseTests
{
    [TestMethod]
    [TestProperty(PushCases.Property, "hello_echo")]
    public async Task Hello_is_answered_with_an_identity()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.ConnectAsync();
        Assert.AreEqual("push-notification", browser.Subprotocol);
        var hello = await browser.HelloAsync();
        Assert.IsTrue(browser.Uaid.Length is > 0 and <= 128);
        Assert.IsEmpty(hello.GetProperty("broadcasts").EnumerateObject());
        await using var plain = await Browser.ConnectAsync(world.ServiceAddress, subprotocol: null);
        Assert.IsTrue(string.IsNullOrEmpty(plain.Subprotocol));
        await plain.HelloAsync();
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser unknown uaid")]
    [TestProperty(PushCases.Property, "hello_with_bad_prior_uaid")]
    [DataRow("deadbeef00000000deadbeef00000000")]
    [DataRow("")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_identity_that_is_not_known_is_replaced_silently(string uaid)
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.OpenAsync(uaid);
        Assert.AreNotEqual(uaid, browser.Uaid);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser uaid of another")]
    public async Task Somebody_elses_identity_is_not_to_be_had_without_its_secret()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        var forged = browser.Uaid[..22] + new string('A', 43);
        await using var thief = await world.OpenAsync(forged);
        Assert.AreNotEqual(forged[..22], thief.Uaid[..22]);

        // Nothing was revealed or dropped.
        await world.PostAsync(browser.Endpoint, "mine");
        Assert.AreEqual("mine", (await browser.NotificationAsync()).Text);
        await thief.NothingComesAsync();
        var stored = (await world.Core.Storage.Agents.FindAsync(browser.Uaid[..22], CancellationToken.None))!;
        Assert.DoesNotContain(browser.Uaid[22..], Encoding.Latin1.GetString(stored.SecretHash.Span));
    }

    [TestMethod]
    public async Task A_browser_without_a_subscription_is_not_stored()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.OpenAsync();
        Assert.IsNull(await world.Core.Storage.Agents.FindAsync(browser.Uaid[..22], CancellationToken.None));
        await browser.UnregisterAsync();
        await browser.RegisterAsync();
        Assert.IsNotNull(await world.Core.Storage.Agents.FindAsync(browser.Uaid[..22], CancellationToken.None));
    }

    [TestMethod]
    public async Task A_second_connection_replaces_the_first()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var first = await world.SubscriberAsync();
        await using var second = await world.OpenAsync(first.Uaid);
        Assert.AreEqual(first.Uaid, second.Uaid);
        Assert.AreEqual((1000, "replaced"), await first.ClosedAsync());
        await world.PostAsync(first.Endpoint, "x");
        Assert.AreEqual("x", (await second.NotificationAsync()).Text);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser register 409 key")]
    public async Task Registering_again_gives_the_same_endpoint_and_another_key_conflicts()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        var endpoint = browser.Endpoint;
        await browser.RegisterAsync();
        Assert.AreEqual(endpoint, browser.Endpoint);
        using var keys = VapidKeys.Generate();
        Assert.AreEqual(409, (await browser.RegisterAsync(key: keys.ToPublicText())).GetProperty("status").GetInt32());
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser register 400 key")]
    [TestProperty(PushCases.Property, "with_bad_key")]
    [DataRow("not a key")]
    [DataRow("")]
    [DataRow("BBBB")]
    [DataRow("BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Keys_that_are_none_are_refused(string key)
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.OpenAsync();
        Assert.AreEqual(400, (await browser.RegisterAsync(key: key)).GetProperty("status").GetInt32());
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser unregister unknown")]
    [TestProperty(PushCases.Property, "no_delivery_to_unregistered")]
    public async Task Endpoints_that_ended_are_gone()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        await browser.UnregisterAsync();
        await browser.UnregisterAsync();
        using var answer = await world.SendAsync(HttpMethod.Post, browser.Endpoint, [1], ("TTL", "60"), ("Content-Encoding", "aes128gcm"));
        Assert.AreEqual((410, "max-age=86400"), ((int)answer.StatusCode, answer.Headers.CacheControl!.ToString()));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser ping too soon")]
    [TestProperty(PushCases.Property, "can_moz_ping")]
    public async Task A_ping_is_answered_and_a_second_one_too_soon_ends_the_connection()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.OpenAsync();
        await browser.SendAsync("{}");
        Assert.AreEqual("{}", await browser.TextAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(45));
        await browser.SendAsync("""{"messageType":"ping"}""");
        Assert.AreEqual("{}", await browser.TextAsync());
        await browser.SendAsync("{}");
        Assert.AreEqual((1011, "ExcessivePing"), await browser.ClosedAsync());
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "internal_endpoints")]
    public async Task Nothing_internal_is_to_be_had_from_outside()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        foreach (var path in new[] { "notif", "push" })
        {
            using var answer = await world.SendAsync(HttpMethod.Put, new Uri(world.Address, $"/{path}/{browser.Uaid}").ToString(), [1]);
            Assert.AreEqual(404, (int)answer.StatusCode);
        }
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser unknown broadcast")]
    public async Task Broadcasts_are_told_at_hello_and_when_they_change()
    {
        await using var world = await BrowserWorld.StartAsync();
        world.Broadcasts.Set("test/kinto", "v2");
        await using var browser = await world.ConnectAsync();
        var hello = await browser.HelloAsync(more: ""","broadcasts":{"test/kinto":"v1","test/none":"x"}""");
        Assert.AreEqual("""{"test/kinto":"v2","errors":{"test/none":"Broadcast not found"}}""", hello.GetProperty("broadcasts").GetRawText());
        world.Broadcasts.Set("test/kinto", "v3");
        Assert.AreEqual("""{"test/kinto":"v3"}""", (await browser.NextAsync("broadcast")).GetProperty("broadcasts").GetRawText());
        world.Broadcasts.Set("test/other", "v1");
        await browser.NothingComesAsync();
    }

    [TestMethod]
    public async Task Broadcasts_that_did_not_change_are_not_told()
    {
        await using var world = await BrowserWorld.StartAsync();
        world.Broadcasts.Set("test/kinto", "v1");
        await using var browser = await world.ConnectAsync();
        var hello = await browser.HelloAsync(more: ""","broadcasts":{"test/kinto":"v1"}""");
        Assert.IsEmpty(hello.GetProperty("broadcasts").EnumerateObject());
    }

    [TestMethod]
    public async Task Broadcasts_can_be_subscribed_to_later()
    {
        await using var world = await BrowserWorld.StartAsync();
        world.Broadcasts.Set("test/kinto", "v2");
        await using var browser = await world.OpenAsync();
        await browser.SendAsync("""{"messageType":"broadcast_subscribe","broadcasts":{"test/kinto":"v1","test/none":"x"}}""");
        Assert.AreEqual("""{"test/kinto":"v2","errors":{"test/none":"Broadcast not found"}}""", (await browser.NextAsync("broadcast")).GetProperty("broadcasts").GetRawText());
        world.Broadcasts.Set("test/kinto", "v3");
        Assert.AreEqual("""{"test/kinto":"v3"}""", (await browser.NextAsync("broadcast")).GetProperty("broadcasts").GetRawText());
        Assert.ThrowsExactly<ArgumentException>(() => world.Broadcasts.Set("errors", "x"));
        Assert.ThrowsExactly<ArgumentException>(() => world.Broadcasts.Set("a b", "x"));
        Assert.ThrowsExactly<ArgumentException>(() => world.Broadcasts.Set("a", ""));
    }

    [TestMethod]
    [DataRow("", 1011, "Json")]
    [DataRow("x", 1011, "Json", DisplayName = "browser no json")]
    [DataRow("[]", 1011, "Json")]
    [DataRow("""{"messageType":"register","channelID":"11111111-2222-4333-8444-555555555555"}""", 1011, "Protocol", DisplayName = "browser other first")]
    [DataRow("{}", 1011, "Protocol")]
    [DataRow("""{"messageType":"hello","uaid":5}""", 1011, "Json")]
    [DataRow("""{"messageType":"hello","broadcasts":["x"]}""", 1011, "Json")]
    [DataRow("""{"messageType":"hello","broadcasts":{"x":1}}""", 1011, "Json", DisplayName = "browser broadcasts malformed")]
    [DataRow("""{"messageType":"hello","uaid":"\ud800"}""", 1011, "Json", DisplayName = "browser no unicode")]
    [DataRow("""{"messageType":"\ud800"}""", 1011, "Json")]
    [DataRow("""{"\ud800":1}""", 1011, "Json")]
    [DataRow("""{"\ud800essageType":1,"messageType":"hello"}""", 1011, "Json")]
    [DataRow("""{"messageType":"hello","broadcasts":{"\ud800":"x"}}""", 1011, "Json")]
    public async Task A_first_message_that_is_no_hello_ends_the_connection(string text, int code, string reason)
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.ConnectAsync();
        await browser.SendAsync(text);
        Assert.AreEqual((code, reason), await browser.ClosedAsync());
    }

    [TestMethod]
    [DataRow("""{"messageType":"hello"}""", 1011, "Protocol", DisplayName = "browser two hellos")]
    [DataRow("""{"messageType":"unknown"}""", 1011, "Json", DisplayName = "browser unknown type")]
    [DataRow("""{"messageType":5}""", 1011, "Json")]
    [DataRow("""{"other":5}""", 1011, "Json")]
    [DataRow("""{"messageType":"register"}""", 1011, "Json", DisplayName = "browser channel")]
    [DataRow("""{"messageType":"register","channelID":"AAAAAAAA-2222-4333-8444-555555555555"}""", 1011, "Json")]
    [DataRow("""{"messageType":"register","channelID":"11111111222243338444555555555555"}""", 1011, "Json")]
    [DataRow("""{"messageType":"unregister","channelID":null}""", 1011, "Json")]
    [DataRow("""{"messageType":"ack"}""", 1011, "Json", DisplayName = "browser ack malformed")]
    [DataRow("""{"messageType":"ack","updates":[{}]}""", 1011, "Json")]
    [DataRow("""{"messageType":"ack","updates":[{"version":"x","code":"100"}]}""", 1011, "Json")]
    [DataRow("""{"messageType":"ack","updates":[{"version":"x","code":99999999999}]}""", 1011, "Json")]
    [DataRow("[[[[[[[[[[]]]]]]]]]]", 1011, "Json", DisplayName = "browser deep")]
    public async Task A_message_that_is_none_ends_the_connection(string text, int code, string reason)
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.OpenAsync();
        await browser.SendAsync(text);
        Assert.AreEqual((code, reason), await browser.ClosedAsync());
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser binary")]
    [TestProperty(PushRefusals.Property, "browser too long")]
    public async Task Binary_or_very_long_messages_end_the_connection()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var binary = await world.ConnectAsync();
        await binary.SendAsync([1], WebSocketMessageType.Binary);
        Assert.AreEqual(1003, (await binary.ClosedAsync()).Code);
        await using var large = await world.OpenAsync();
        await large.SendAsync(new string(' ', 70_000));
        Assert.AreEqual(1009, (await large.ClosedAsync()).Code);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser no hello")]
    public async Task A_browser_that_says_nothing_is_not_waited_for()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.ConnectAsync();
        var closed = browser.ClosedAsync();
        await world.Clock.AdvanceUntilAsync(closed, TimeSpan.FromSeconds(1));
        Assert.AreEqual((1011, "HandshakeTimeout"), await closed);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser nack")]
    public async Task Words_about_failures_and_unknown_messages_are_swallowed()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        await browser.SendAsync("""{"messageType":"nack","version":"x","code":301}""");
        await browser.AcknowledgeAsync("x", new string('A', 22));
        await browser.NothingComesAsync();
    }

    [TestMethod]
    public async Task What_is_no_websocket_is_told_so()
    {
        await using var world = await BrowserWorld.StartAsync();
        using var answer = await world.SendAsync(HttpMethod.Get, world.Address.ToString());
        Assert.AreEqual(426, (int)answer.StatusCode);
    }
}
