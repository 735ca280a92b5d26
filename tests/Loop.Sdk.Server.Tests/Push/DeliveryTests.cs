using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Push;

[TestClass]
public sealed class DeliveryTests
{
    [TestMethod]
    public async Task Message_arrives_as_it_was_posted()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        using var keys = WebPushKeys.Generate();
        await using var messages = user.Receive();
        var body = WebPushEncryption.Encrypt("Hello!"u8, keys.Recipient);
        var answer = await world.SendAsync("POST", user.Endpoint, body, ("TTL", "60"), ("Content-Encoding", "aes128gcm"), ("Urgency", "high"), ("Topic", "chat"));
        Assert.AreEqual((201, "60", ""), (answer.Status, answer["TTL"], answer.Text));
        var message = await messages.NextAsync();
        Assert.AreEqual($"https://push.example/push/m/{message.Id}", answer["Location"]);
        Assert.AreEqual((PushUser.Channel, "aes128gcm", "chat", PushUrgency.High), (message.Channel, message.Encoding, message.Topic, message.Urgency));
        Assert.AreEqual(world.Clock.GetUtcNow(), message.SentAt);
        Assert.AreEqual("Hello!", System.Text.Encoding.UTF8.GetString(WebPushEncryption.Decrypt(message.Body!.Value.Span, keys)));
    }

    [TestMethod]
    public async Task Legacy_message_arrives_with_its_headers()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        using var keys = WebPushKeys.Generate();
        using var vapid = VapidKeys.Generate();
        var sent = LegacyWebPushEncryption.Encrypt("Hello!"u8, keys.Recipient);
        await world.SendAsync(
            "POST", user.Endpoint, sent.Body.ToArray(), ("TTL", "60"), ("Content-Encoding", "aesgcm"), ("Encryption", $"keyid=\"p256dh\";salt=\"{sent.Encryption[5..]}==\""),
            ("Crypto-Key", $"keyid=\"a1\"; dh=\"{sent.CryptoKey[3..]}=\";p256ecdsa=\"{vapid.ToPublicText()}\""));
        await using var messages = user.Receive();
        var message = await messages.NextAsync();
        Assert.AreEqual($"keyid=p256dh;{sent.Encryption}", message.Encryption);
        Assert.AreEqual("Hello!", System.Text.Encoding.UTF8.GetString(LegacyWebPushEncryption.Decrypt(message.Body!.Value.Span, message.Encryption, message.CryptoKey, keys)));
    }

    [TestMethod]
    public async Task Stored_messages_come_first_topics_before_others()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await world.PushAsync(user.Endpoint, "plain1");
        await world.PushAsync(user.Endpoint, "topic1", headers: ("Topic", "a"));
        await world.PushAsync(user.Endpoint, "plain2");
        await world.PushAsync(user.Endpoint, "topic2", headers: ("Topic", "b"));
        await using var messages = user.Receive();
        Assert.AreEqual("topic1 topic2 plain1 plain2", await messages.TextsAsync(4));
        await world.PushAsync(user.Endpoint, "live");
        Assert.AreEqual("live", await messages.TextAsync());
    }

    [TestMethod]
    public async Task A_topic_replaces_what_waits_and_not_what_was_sent()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var first = await world.PushAsync(user.Endpoint, "first", headers: ("Topic", "a"));
        await world.PushAsync(user.Endpoint, "second", headers: ("Topic", "a"));
        await using var messages = user.Receive();
        Assert.AreEqual("second", await messages.TextAsync());
        await world.PushAsync(user.Endpoint, "third", headers: ("Topic", "a"));
        Assert.AreEqual("third", await messages.TextAsync());
        Assert.AreEqual(404, (await world.SendAsync("GET", $"https://push.example/push/m/{first}")).Status);
        await messages.AcknowledgeAsync();
    }

    [TestMethod]
    public async Task Acknowledged_messages_do_not_come_again_and_others_do()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var first = await world.PushAsync(user.Endpoint, "first");
        var second = await world.PushAsync(user.Endpoint, "second");
        await using (var messages = user.Receive())
        {
            Assert.AreEqual("first second", await messages.TextsAsync(2));
            Assert.AreEqual(200, (await world.SendAsync("GET", $"https://push.example/push/m/{first}")).Status);
            await user.AcknowledgeAsync(first);
        }

        Assert.AreEqual(404, (await world.SendAsync("GET", $"https://push.example/push/m/{first}")).Status);
        await using var again = user.Receive();
        Assert.AreEqual(second, (await again.NextAsync()).Id);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "session ack of another")]
    [TestProperty(PushRefusals.Property, "session ack malformed")]
    public async Task Acknowledging_what_is_somebody_elses_changes_nothing()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var thief = await world.SubscriberAsync("bob");
        var id = await world.PushAsync(user.Endpoint, "mine");
        await thief.AcknowledgeAsync(id, new string('A', 22));
        await using var messages = user.Receive();
        Assert.AreEqual("mine", await messages.TextAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await user.AcknowledgeAsync("x").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await user.Push.AcknowledgeAsync(new([new(id, (PushAckCode)99)])).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await user.AcknowledgeAsync(Enumerable.Repeat(id, 1001)).CodeAsync());
    }

    [TestMethod]
    public async Task A_message_that_may_not_wait_reaches_who_is_there_and_nobody_else()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual("0", (await world.PostAsync(user.Endpoint, "lost", "0"))["TTL"]);
        await using var messages = user.Receive();
        await world.PushAsync(user.Endpoint, "kept");
        Assert.AreEqual("kept", await messages.TextAsync());
        await world.PushAsync(user.Endpoint, "now", "0");
        Assert.AreEqual("now", await messages.TextAsync());
    }

    [TestMethod]
    public async Task Expired_messages_do_not_come_swept_or_not()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await world.PushAsync(user.Endpoint, "short", "1");
        await world.PushAsync(user.Endpoint, "topic", "1", ("Topic", "a"));
        await world.PushAsync(user.Endpoint, "long", "3600");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var messages = user.Receive();
        Assert.AreEqual("long", await messages.TextAsync());
        await messages.AcknowledgeAsync();
        await world.PushAsync(user.Endpoint, "again", "1", ("Topic", "a"));
        Assert.AreEqual("again", await messages.TextAsync());
    }

    [TestMethod]
    public async Task A_message_that_was_taken_back_does_not_come()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await world.PostAsync(user.Endpoint, "no");
        await world.PushAsync(user.Endpoint, "yes");
        Assert.AreEqual(204, (await world.SendAsync("DELETE", answer["Location"])).Status);
        Assert.AreEqual(404, (await world.SendAsync("DELETE", answer["Location"])).Status);
        await using var messages = user.Receive();
        Assert.AreEqual("yes", await messages.TextAsync());
    }

    [TestMethod]
    public async Task Everything_comes_once_however_slow_the_client_is()
    {
        await using var world = await PushWorld.StartAsync(options => (options.MaxSubscriptionMessages, options.MaxUnacknowledged) = (10_000, 700));
        var user = await world.SubscriberAsync();
        await using var messages = user.Receive();
        await world.PushAsync(user.Endpoint, "begin");
        Assert.AreEqual("begin", await messages.TextAsync());

        // Far more than there is room for in memory, while the client does not read.
        var expected = Enumerable.Range(0, 600).Select(static number => $"{number}").ToList();
        foreach (var text in expected)
        {
            await world.PushAsync(user.Endpoint, text);
        }

        var received = (await messages.TextsAsync(600)).Split(' ');
        Assert.HasCount(600, received.Distinct().ToList());
        CollectionAssert.AreEquivalent(expected, received);
        await messages.AcknowledgeAsync();
        await world.PushAsync(user.Endpoint, "end");
        Assert.AreEqual("end", await messages.TextAsync());
    }

    [TestMethod]
    public async Task A_client_that_acknowledges_nothing_gets_no_more()
    {
        await using var world = await PushWorld.StartAsync(options => options.MaxUnacknowledged = 3);
        var user = await world.SubscriberAsync();
        await using var messages = user.Receive();
        foreach (var number in Enumerable.Range(1, 5))
        {
            await world.PushAsync(user.Endpoint, $"{number}");
        }

        Assert.AreEqual("1 2 3", await messages.TextsAsync(3));
        var next = messages.TextsAsync(2);
        await world.PushAsync(user.Endpoint, "lost", "0");
        Assert.IsFalse(next.IsCompleted);
        await user.AcknowledgeAsync(messages.Seen.Select(static message => message.Id));
        Assert.AreEqual("4 5", await next);
    }

    [TestMethod]
    public async Task Messages_that_are_not_urgent_wait_for_those_that_are()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await user.HelloAsync(user.Welcome.Agent, user.Secret, PushUrgency.Normal);
        await world.PushAsync(user.Endpoint, "stored", headers: ("Urgency", "low"));
        await using var messages = user.Receive();
        var next = messages.TextsAsync(4);
        await world.PushAsync(user.Endpoint, "live", headers: ("Urgency", "very-low"));
        Assert.IsFalse(next.IsCompleted);
        await world.PushAsync(user.Endpoint, "urgent");
        await world.PushAsync(user.Endpoint, "with", headers: ("Urgency", "low"));
        CollectionAssert.AreEquivalent(new[] { "stored", "live", "urgent", "with" }, (await next).Split(' '));
    }

    [TestMethod]
    public async Task Messages_that_wait_come_when_less_urgency_is_asked_for()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await user.Push.SetUrgencyAsync(new(PushUrgency.High));
        await using var messages = user.Receive();
        var next = messages.TextAsync();
        await world.PushAsync(user.Endpoint, "low", headers: ("Urgency", "low"));
        await user.Push.SetUrgencyAsync(new(PushUrgency.Normal));
        Assert.IsFalse(next.IsCompleted);
        await user.Push.SetUrgencyAsync(new(PushUrgency.Low));
        Assert.AreEqual("low", await next);
        Assert.AreEqual(ErrorCodes.InvalidRequest, await user.Push.SetUrgencyAsync(new((PushUrgency)7)).CodeAsync());
    }

    [TestMethod]
    public async Task Unsubscribing_ends_what_waits()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await world.PushAsync(user.Endpoint, "no");
        await user.Push.UnsubscribeAsync(new(PushUser.Channel));
        await user.Push.UnsubscribeAsync(new(PushUser.Channel));
        Assert.AreEqual(410, (await world.PostAsync(user.Endpoint, "no")).Status);
        await user.SubscribeAsync();
        await world.PushAsync(user.Endpoint, "yes");
        await using var messages = user.Receive();
        Assert.AreEqual("yes", await messages.TextAsync());
    }

    [TestMethod]
    public async Task Nothing_is_lost_between_what_waits_and_what_comes()
    {
        const int Messages = 400;
        await using var world = await PushWorld.StartAsync(options => (options.MaxSubscriptionMessages, options.MaxUnacknowledged) = (10_000, 10_000));
        var user = await world.SubscriberAsync();

        // Posts from many threads while the client opens its stream again and again.
        var posting = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < Messages / 4; number++)
            {
                await world.PushAsync(user.Endpoint, $"{writer}-{number}", headers: number % 5 == 0 ? [("Topic", $"t{writer}-{number}")] : []);
            }
        })));
        var seen = new HashSet<string>();
        while (seen.Count < Messages)
        {
            await using var messages = user.Receive();
            for (var count = 0; count < 37 && seen.Count < Messages; count++)
            {
                Assert.IsTrue(seen.Add(await messages.TextAsync()), "It came twice.");
                await messages.AcknowledgeAsync();
            }
        }

        await posting;
    }

    [TestMethod]
    public async Task Messages_outlive_the_server_in_a_file()
    {
        using var folder = new Storage.SqliteFolder();
        await using var world = await PushWorld.StartAsync(build: builder => builder.UseSqlite(folder.File));
        var user = await world.SubscriberAsync();
        await world.PushAsync(user.Endpoint, "kept");
        await world.Host.RestartAsync();

        // New clients: those from before may not have noticed yet that their session is lost.
        var second = world.User("ada");
        Assert.IsFalse((await second.HelloAsync(user.Welcome.Agent, user.Secret)).IsNew);
        await using var messages = second.Receive();
        Assert.AreEqual("kept", await messages.TextAsync());
        await messages.AcknowledgeAsync();
        await world.Host.RestartAsync();
        var third = world.User("ada");
        await third.HelloAsync(user.Welcome.Agent, user.Secret);
        await using var after = third.Receive();
        await world.PushAsync(user.Endpoint, "new");
        Assert.AreEqual("new", await after.TextAsync());
    }
}
