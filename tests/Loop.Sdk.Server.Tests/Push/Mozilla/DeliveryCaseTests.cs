using System.Text;
using Loop.Sdk.Server.Tests.Push.Proof;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>What clients of Mozilla's service rely on, from its described behaviour: delivery, acknowledgement, topics and times to live.</summary>
[TestClass]
public sealed class DeliveryCaseTests
{
    [TestMethod]
    [TestProperty(PushCases.Property, "basic_delivery")]
    public async Task Message_arrives_with_its_headers_without_quotes_and_padding()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, "Hello!")).Status);
        var message = await browser.NextAsync("notification");
        Assert.AreEqual(("SGVsbG8h", Browser.Channel), (message.GetProperty("data").GetString(), message.GetProperty("channelID").GetString()));
        var headers = message.GetProperty("headers");
        Assert.AreEqual(
            ("aesgcm", "keyid=a1;salt=c2FsdHNhbHRzYWx0c2FsdA", "keyid=a1;dh=AAAA"),
            (headers.GetProperty("encoding").GetString(), headers.GetProperty("encryption").GetString(), headers.GetProperty("crypto_key").GetString()));
        Assert.AreEqual("messageType channelID version data headers", Members(message));
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "topic_basic_delivery")]
    public async Task Message_of_a_topic_arrives()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, "Hello!", topic: "Inbox")).Status);
        var message = await browser.NextAsync("notification");
        Assert.AreEqual("SGVsbG8h", message.GetProperty("data").GetString());
        Assert.AreEqual("keyid=a1;salt=c2FsdHNhbHRzYWx0c2FsdA", message.GetProperty("headers").GetProperty("encryption").GetString());
        Assert.AreEqual("messageType channelID version data headers", Members(message));
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "topic_replacement_delivery")]
    public async Task A_topic_replaces_what_waited()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        await world.PostAsync(away.Endpoint, "one", topic: "Inbox");
        await world.PostAsync(away.Endpoint, "two", topic: "Inbox");
        await using var browser = await world.OpenAsync(away.Uaid);
        Assert.AreEqual("two", (await browser.NotificationAsync()).Text);
        await browser.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "topic_no_delivery_on_reconnect")]
    public async Task A_topic_that_was_acknowledged_does_not_come_again()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        await world.PostAsync(away.Endpoint, "one", topic: "Inbox");
        await using var browser = await world.OpenAsync(away.Uaid);
        await browser.AcknowledgeAsync((await browser.NotificationAsync()).Version);
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(away.Uaid);
        Assert.AreEqual(away.Uaid, again.Uaid);
        await again.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "delivery_repeat_without_ack")]
    public async Task A_stored_message_comes_again_until_it_is_acknowledged()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        await world.PostAsync(away.Endpoint, "one");
        for (var round = 0; round < 2; round++)
        {
            await using var browser = await world.OpenAsync(away.Uaid);
            Assert.AreEqual("one", (await browser.NotificationAsync()).Text);
            await browser.CloseAsync();
        }
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "repeat_delivery_with_disconnect_without_ack")]
    public async Task A_live_message_comes_again_until_it_is_acknowledged()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        await world.PostAsync(browser.Endpoint, "one");
        Assert.AreEqual("one", (await browser.NotificationAsync()).Text);
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(browser.Uaid);
        var (version, text) = await again.NotificationAsync();
        Assert.AreEqual("one", text);
        await again.AcknowledgeAsync(version);
        await again.CloseAsync();
        await using var after = await world.OpenAsync(browser.Uaid);
        await after.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "multiple_delivery_repeat_without_ack")]
    public async Task Two_stored_messages_come_again_both()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await AwayAsync(world, "one", "two");
        for (var round = 0; round < 2; round++)
        {
            await using var browser = await world.OpenAsync(away.Uaid);
            Assert.AreEqual(("one", "two"), ((await browser.NotificationAsync()).Text, (await browser.NotificationAsync()).Text));
            await browser.CloseAsync();
        }
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "multiple_delivery_with_single_ack")]
    public async Task One_acknowledgement_of_a_batch_of_two_forgets_none()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await AwayAsync(world, "one", "two");
        await using var browser = await world.OpenAsync(away.Uaid);
        await browser.AcknowledgeAsync((await browser.NotificationAsync()).Version);
        await browser.NotificationAsync();
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(away.Uaid);
        var (first, second) = (await again.NotificationAsync(), await again.NotificationAsync());
        Assert.AreEqual(("one", "two"), (first.Text, second.Text));
        await again.AcknowledgeAsync(first.Version);
        await again.AcknowledgeAsync(second.Version);
        await again.CloseAsync();
        await using var after = await world.OpenAsync(away.Uaid);
        await after.NothingComesAsync();
    }

    [TestMethod]
    public async Task One_acknowledgement_forgets_one_if_the_host_wants_that()
    {
        await using var world = await BrowserWorld.StartAsync(options => options.AcknowledgeWholeBatches = false);
        await using var away = await AwayAsync(world, "one", "two");
        await using var browser = await world.OpenAsync(away.Uaid);
        await browser.AcknowledgeAsync((await browser.NotificationAsync()).Version);
        await browser.NotificationAsync();
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(away.Uaid);
        Assert.AreEqual("two", (await again.NotificationAsync()).Text);
        await again.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "multiple_delivery_with_multiple_ack")]
    public async Task Acknowledgements_may_come_in_any_order()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await AwayAsync(world, "one", "two");
        await using var browser = await world.OpenAsync(away.Uaid);
        var (first, second) = (await browser.NotificationAsync(), await browser.NotificationAsync());
        await browser.AcknowledgeAsync(second.Version);
        await browser.AcknowledgeAsync(first.Version);
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(away.Uaid);
        await again.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "topic_expired")]
    public async Task A_topic_that_expired_does_not_come_and_can_be_used_again()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        await world.PostAsync(away.Endpoint, "old", ttl: "1", topic: "Inbox");
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await using var browser = await world.OpenAsync(away.Uaid);
        await browser.NothingComesAsync();
        await world.PostAsync(away.Endpoint, "new", topic: "Inbox");
        Assert.AreEqual("new", (await browser.NotificationAsync()).Text);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "ttl_0_connected")]
    public async Task A_message_without_time_to_live_arrives_live()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, "now", ttl: "0")).Status);
        Assert.AreEqual("now", (await browser.NotificationAsync()).Text);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "ttl_0_not_connected")]
    public async Task A_message_without_time_to_live_is_taken_and_dropped_while_nobody_is_there()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        var (status, location) = await world.PostAsync(away.Endpoint, "now", ttl: "0");
        Assert.AreEqual(201, status);
        Assert.AreNotEqual("", location);
        await using var browser = await world.OpenAsync(away.Uaid);
        await browser.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "ttl_expired")]
    public async Task A_message_that_expired_does_not_come()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        await world.PostAsync(away.Endpoint, "old", ttl: "1");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var browser = await world.OpenAsync(away.Uaid);
        await browser.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "ttl_batch_expired_and_good_one")]
    public async Task A_good_message_comes_though_a_whole_batch_before_it_expired()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        for (var number = 0; number < 12; number++)
        {
            await world.PostAsync(away.Endpoint, "old", ttl: "1");
        }

        await world.PostAsync(away.Endpoint, "good");
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await using var browser = await world.OpenAsync(away.Uaid);
        Assert.AreEqual("good", (await browser.NotificationAsync()).Text);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "ttl_batch_partly_expired_and_good_one")]
    public async Task A_batch_that_expired_in_part_has_to_be_acknowledged_before_the_next()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        foreach (var (count, ttl) in new[] { (6, "60"), (6, "1"), (1, "60") })
        {
            for (var number = 0; number < count; number++)
            {
                await world.PostAsync(away.Endpoint, ttl, ttl: ttl);
            }
        }

        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await using var browser = await world.OpenAsync(away.Uaid);
        var versions = new List<string>();
        while (versions.Count < 6)
        {
            versions.Add((await browser.NotificationAsync()).Version);
        }

        await browser.NothingComesAsync();
        await browser.AcknowledgeAsync(versions);
        Assert.DoesNotContain((await browser.NotificationAsync()).Version, versions);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "empty_message_without_crypto_headers")]
    public async Task An_empty_message_without_crypto_headers_has_neither_data_nor_headers_live_or_stored()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var answer = await world.SendAsync(HttpMethod.Post, browser.Endpoint, null, ("TTL", "60"));
        Assert.AreEqual(201, (int)answer.StatusCode);
        await ComesEmptyLiveAndStoredAsync(world, browser);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "empty_message_with_crypto_headers")]
    public async Task An_empty_message_with_crypto_headers_has_neither_data_nor_headers_live_or_stored()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, text: null)).Status);
        await ComesEmptyLiveAndStoredAsync(world, browser);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "big_message")]
    public async Task A_big_message_arrives_unchanged()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        var text = new string('x', 5624);
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, text)).Status);
        Assert.AreEqual(text, (await browser.NotificationAsync()).Text);
        Assert.AreEqual(413, (await world.PostAsync(browser.Endpoint, new string('x', 5631))).Status);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "delete_saved_notification")]
    public async Task A_message_that_was_taken_back_does_not_come()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        var (_, location) = await world.PostAsync(away.Endpoint, "no");
        using var deleted = await world.SendAsync(HttpMethod.Delete, location);
        Assert.AreEqual(204, (int)deleted.StatusCode);
        await using var browser = await world.OpenAsync(away.Uaid);
        await browser.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "msg_limit")]
    public async Task After_too_many_stored_messages_a_browser_begins_anew_if_the_host_wants_that()
    {
        await using var world = await BrowserWorld.StartAsync(options => options.MessageLimit = 20);
        await using var away = await world.SubscriberAsync();
        await away.CloseAsync();
        for (var number = 0; number < 21; number++)
        {
            await world.PostAsync(away.Endpoint, $"{number}");
        }

        await using var browser = await world.OpenAsync(away.Uaid);
        Assert.AreEqual(away.Uaid, browser.Uaid);
        for (var number = 0; number < 20; number++)
        {
            var (version, text) = await browser.NotificationAsync();
            Assert.AreEqual($"{number}", text);
            await browser.AcknowledgeAsync(version);
        }

        Assert.AreEqual((1000, "UaidReset"), await browser.ClosedAsync());
        await using var anew = await world.OpenAsync(away.Uaid);
        Assert.AreNotEqual(away.Uaid, anew.Uaid);
        Assert.AreEqual(410, (await world.PostAsync(away.Endpoint)).Status);
    }

    [TestMethod]
    public async Task A_burst_is_acknowledged_one_by_one()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        var seen = new HashSet<string>();
        var receiving = Task.Run(async () =>
        {
            while (seen.Count < 200)
            {
                var (version, text) = await browser.NotificationAsync();
                seen.Add(text);
                await browser.AcknowledgeAsync(version);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number => Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, $"{number}")).Status)));
        await receiving;
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(browser.Uaid);
        await again.NothingComesAsync();
    }

    [TestMethod]
    public async Task A_simple_push_wakes_without_data()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var put = await world.SendAsync(HttpMethod.Put, browser.Endpoint, Encoding.ASCII.GetBytes("version=3"));
        Assert.AreEqual(200, (int)put.StatusCode);
        Assert.AreEqual("", (await browser.NotificationAsync()).Text);
    }

    private static string Members(System.Text.Json.JsonElement message) => string.Join(' ', message.EnumerateObject().Select(static member => member.Name));

    private static async Task ComesEmptyLiveAndStoredAsync(BrowserWorld world, Browser browser)
    {
        Assert.AreEqual("messageType channelID version", Members(await browser.NextAsync("notification")));
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(browser.Uaid);
        Assert.AreEqual("messageType channelID version", Members(await again.NextAsync("notification")));
    }

    private static async Task<Browser> AwayAsync(BrowserWorld world, params string[] texts)
    {
        var browser = await world.SubscriberAsync();
        await browser.CloseAsync();
        foreach (var text in texts)
        {
            await world.PostAsync(browser.Endpoint, text);
        }

        return browser;
    }
}
