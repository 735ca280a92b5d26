using Loop.Sdk.Push;
using Loop.Sdk.Testing.Tests.Push.Harness;

namespace Loop.Sdk.Testing.Tests.Push;

[TestClass]
public sealed class ReceivingTests
{
    [TestMethod]
    public async Task Messages_are_decrypted_in_order_and_acknowledged_when_the_reader_goes_on()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client().Client.Push;
        var subscription = await push.SubscribeAsync("news");
        world.Server.Post(subscription, "m1", "one ✓");
        world.Server.Post(subscription, "m2", "two", legacy: true);
        world.Server.Post(new PushMessage { Id = "m3", Channel = world.Server.ChannelOf(subscription), SentAt = DateTimeOffset.UnixEpoch });
        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        var first = await reader.NextAsync();
        Assert.AreEqual(("m1", "news", "one ✓", "t", PushUrgency.High, DateTimeOffset.UnixEpoch), (first.Id, first.Subscription, first.Text, first.Topic, first.Urgency, first.SentAt));
        Assert.IsEmpty(world.Server.Acknowledged);
        Assert.AreEqual("two", (await reader.NextAsync()).Text);
        Assert.IsNull((await reader.NextAsync()).Text);
        await reader.DisposeAsync();
        await world.SoonAsync(world.Server.UntilAcknowledgedAsync(3));
        CollectionAssert.AreEqual((string[])["m1", "m2", "m3"], world.Server.Acknowledged.Select(static item => item.Id).ToArray());
        Assert.IsTrue(world.Server.Acknowledged.All(static item => item.Code == PushAckCode.Delivered));
    }

    [TestMethod]
    public async Task What_cannot_be_decrypted_is_told_to_the_server_and_not_to_the_reader()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client().Client.Push;
        var (mine, other) = (await push.SubscribeAsync("mine"), await push.SubscribeAsync("other"));
        var channel = world.Server.ChannelOf(mine);
        world.Server.Post(ScriptedPush.Sealed(other, "foreign", "x") with { Channel = channel });
        world.Server.Post(ScriptedPush.Sealed(mine, "cut", "x") with { Channel = channel, Body = new byte[50] });
        world.Server.Post(ScriptedPush.Sealed(mine, "plain", "x") with { Channel = channel, Encoding = null });
        world.Server.Post(ScriptedPush.Sealed(mine, "unknown", "x") with { Channel = channel, Encoding = "gzip" });
        world.Server.Post(ScriptedPush.Sealed(mine, "nowhere", "x") with { Channel = Guid.NewGuid().ToString() });
        world.Server.Post(mine, "good", "x");
        await using var reader = new MessageProbe<ReceivedPush>(mine.MessagesAsync());
        Assert.AreEqual("good", (await reader.NextAsync()).Id);
        await world.SoonAsync(world.Server.UntilAcknowledgedAsync(5));
        var codes = world.Server.Acknowledged.ToDictionary(static item => item.Id, static item => item.Code);
        Assert.IsTrue(new[] { "foreign", "cut", "plain", "unknown" }.All(id => codes[id] == PushAckCode.DecryptionFailed));
        Assert.AreEqual(PushAckCode.NotDelivered, codes["nowhere"]);
    }

    [TestMethod]
    public async Task What_is_not_encrypted_is_taken_only_when_that_is_allowed()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client(static options => options.AllowUnencrypted = true).Client.Push.SubscribeAsync("news");
        world.Server.Post(new PushMessage { Id = "m1", Channel = world.Server.ChannelOf(subscription), Body = "plain"u8.ToArray(), SentAt = DateTimeOffset.UnixEpoch });
        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        Assert.AreEqual("plain", (await reader.NextAsync()).Text);
    }

    [TestMethod]
    public async Task Message_is_seen_once_over_lost_sessions_and_lost_acknowledgements()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client().Client.Push.SubscribeAsync("news");
        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        world.Server.Post(subscription, "m1", "1");
        world.Server.Post(subscription, "m2", "2");
        world.Server.AcknowledgementsToLose = 1;
        Assert.AreEqual("m1", (await reader.NextAsync()).Id);
        Assert.AreEqual("m2", (await reader.NextAsync()).Id);
        await world.SoonAsync(world.Server.UntilAcknowledgedAsync(1));

        // The server sends both again: one of which it lost the acknowledgement, and one that is being read.
        await world.Host.RestartAsync();
        await world.SoonAsync(world.Server.UntilAcknowledgedAsync(2));
        world.Server.Post(subscription, "m3", "3");
        Assert.AreEqual("m3", (await world.SoonAsync(reader.NextAsync())).Id);
        await world.SoonAsync(world.Server.UntilAcknowledgedAsync(3));
        CollectionAssert.AreEqual((string[])["m1", "m1", "m2"], world.Server.Acknowledged.Select(static item => item.Id).ToArray());
    }

    [TestMethod]
    public async Task Acknowledgements_that_nobody_waits_for_share_a_call()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client().Client.Push.SubscribeAsync("news");
        for (var index = 1; index <= 50; index++)
        {
            world.Server.Post(subscription, $"m{index}", "x");
        }

        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        for (var index = 1; index <= 50; index++)
        {
            await reader.NextAsync();
        }

        // The clock stands still: nothing can have been told.
        Assert.AreEqual(0, world.Server.AcknowledgeCalls);
        await world.SoonAsync(world.Server.UntilAcknowledgedAsync(49));
        Assert.AreEqual(1, world.Server.AcknowledgeCalls);
    }

    [TestMethod]
    public async Task What_was_gathered_is_told_when_the_channel_is_closed()
    {
        await using var world = await PushWorld.StartAsync();
        var client = world.Client().Client;
        var subscription = await client.Push.SubscribeAsync("news");
        world.Server.Post(subscription, "m1", "x");
        await foreach (var message in subscription.MessagesAsync())
        {
            Assert.AreEqual("m1", message.Id);
            break;
        }

        await client.DisposeAsync();
        CollectionAssert.AreEqual((PushAcknowledgement[])[new("m1", PushAckCode.Delivered)], world.Server.Acknowledged.ToArray());
    }

    [TestMethod]
    public async Task Message_is_seen_once_when_more_acknowledgements_are_lost_than_are_remembered()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client(static options => options.RememberedMessages = 1).Client.Push.SubscribeAsync("news");
        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        world.Server.HoldsAcknowledgements = true;
        for (var number = 1; number <= 5; number++)
        {
            world.Server.Post(subscription, $"m{number}", "x");
            Assert.AreEqual($"m{number}", (await reader.NextAsync()).Id);
        }

        // The server has heard of none, and sends all again.
        await world.Host.RestartAsync();
        world.Server.Post(subscription, "m6", "x");
        Assert.AreEqual("m6", (await world.SoonAsync(reader.NextAsync())).Id);
        world.Server.HoldsAcknowledgements = false;
        await world.Host.RestartAsync();
        await world.SoonAsync(world.Server.UntilAsync(server => server.Acknowledged.Select(static item => item.Id).Distinct().Count() == 5));
    }

    [TestMethod]
    public async Task Nothing_is_acknowledged_by_itself_when_the_application_does_it()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client(static options => options.AcknowledgeAutomatically = false).Client.Push.SubscribeAsync("news");
        for (var index = 1; index <= 3; index++)
        {
            world.Server.Post(subscription, $"m{index}", "x");
        }

        await using var reader = new MessageProbe<ReceivedPush>(subscription.MessagesAsync());
        var (first, second, _) = (await reader.NextAsync(), await reader.NextAsync(), await reader.NextAsync());
        await second.RejectAsync();
        await first.AcknowledgeAsync();
        CollectionAssert.AreEqual(
            (PushAcknowledgement[])[new("m2", PushAckCode.NotDelivered), new("m1", PushAckCode.Delivered)], world.Server.Acknowledged.ToArray());

        // What is not acknowledged comes again to a client that starts again, and not to this one.
        await world.Host.RestartAsync();
        world.Server.Post(subscription, "m4", "x");
        Assert.AreEqual("m4", (await world.SoonAsync(reader.NextAsync())).Id);
    }

    [TestMethod]
    public async Task Messages_wait_at_the_server_when_the_application_does_not_read()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client(static options => options.MaxWaiting = 2).Client.Push;
        var (idle, busy) = (await push.SubscribeAsync("idle"), await push.SubscribeAsync("busy"));
        world.Server.Post(idle, "i1", "x");
        world.Server.Post(idle, "i2", "x");
        world.Server.Post(busy, "b1", "x");
        await using var busyReader = new MessageProbe<ReceivedPush>(busy.MessagesAsync());
        var waiting = busyReader.NextAsync();
        await using var idleReader = new MessageProbe<ReceivedPush>(idle.MessagesAsync());
        Assert.AreEqual("i1", (await idleReader.NextAsync()).Id);
        Assert.AreEqual("b1", (await waiting).Id);
        Assert.AreEqual("i2", (await idleReader.NextAsync()).Id);
    }

    [TestMethod]
    public async Task Typed_messages_say_when_they_are_no_such_value()
    {
        await using var world = await PushWorld.StartAsync();
        var subscription = await world.Client().Client.Push.SubscribeAsync("news");
        world.Server.Post(subscription, "m1", "[1,2]");
        world.Server.Post(subscription, "m2", "{");
        world.Server.Post(new PushMessage { Id = "m3", Channel = world.Server.ChannelOf(subscription), SentAt = DateTimeOffset.UnixEpoch });
        await using var reader = new MessageProbe<ReceivedPush<int[]>>(subscription.MessagesAsync(PushTestJson.Default.Int32Array));
        CollectionAssert.AreEqual((int[])[1, 2], (await reader.NextAsync()).Value);
        Assert.AreEqual(ErrorCodes.InvalidPayload, (await reader.NextAsync()).Error?.Code);
        Assert.AreEqual(ErrorCodes.InvalidPayload, (await reader.NextAsync()).Error?.Code);
    }

    [TestMethod]
    public async Task Kept_notifications_are_read_and_acknowledged_and_nonsense_is_refused()
    {
        await using var world = await PushWorld.StartAsync();
        var push = world.Client().Client.Push;
        await push.ListAsync();
        var message = new PushMessage { Id = "bad", Channel = PushMessage.NotificationsChannel, Body = "{"u8.ToArray(), SentAt = DateTimeOffset.UnixEpoch };
        world.Server.Post(message);
        world.Server.Post(message with { Id = "good", Body = """{"id":"n1","kind":"call","sentAt":"2026-01-01T00:00:00Z"}"""u8.ToArray() });
        await using (var reader = new MessageProbe<Loop.Sdk.Presence.Notification>(push.NotificationsAsync()))
        {
            Assert.AreEqual("n1", (await reader.NextAsync()).Id);
        }

        await world.SoonAsync(world.Server.UntilAcknowledgedAsync(2));
        CollectionAssert.AreEquivalent(
            (PushAcknowledgement[])[new("bad", PushAckCode.NotDelivered), new("good", PushAckCode.Delivered)], world.Server.Acknowledged.ToArray());
    }
}
