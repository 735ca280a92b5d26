using System.Text.Json;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Notifications;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Presence.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Presence;

[TestClass]
public sealed class NotificationTests
{
    private static Notification Of(string id) => new() { Id = id, Kind = "call", Payload = JsonElement.Parse("""{"room":"✓"}"""), SentAt = DateTimeOffset.UnixEpoch };

    private static async Task<NotificationOutcome> NotifyAsync(PresenceWorld world, string id) =>
        (await world.Host.Services.GetRequiredService<INotifier>().NotifyAsync(Of(id), ["ada"]))["ada"];

    [TestMethod]
    public async Task Notification_is_delivered_when_it_is_taken()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await ada.Device.Client.ConnectAsync();
        await using var inbox = ada.Presence.Notifications.ReadAllAsync().GetAsyncEnumerator();
        var first = inbox.MoveNextAsync().AsTask();
        Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, "n1"));
        Assert.IsTrue(await first);
        Assert.AreEqual(("n1", "call", """{"room":"✓"}"""), (inbox.Current.Id, inbox.Current.Kind, inbox.Current.Payload!.Value.GetRawText()));

        // Nobody takes the next one, until somebody does.
        var waiting = NotifyAsync(world, "n2");
        await Task.Yield();
        Assert.IsFalse(waiting.IsCompleted);
        Assert.IsTrue(await inbox.MoveNextAsync());
        Assert.AreEqual((NotificationOutcome.Delivered, "n2"), (await waiting, inbox.Current.Id));
    }

    [TestMethod]
    public async Task What_nobody_reads_is_refused_at_once()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await ada.Device.Client.ConnectAsync();
        Assert.AreEqual(NotificationOutcome.Unavailable, await NotifyAsync(world, "n1"));
        _ = ada.Presence.Notifications;
        Assert.AreEqual(NotificationOutcome.Unavailable, await NotifyAsync(world, "n2"));
        await using (var inbox = ada.Presence.Notifications.ReadAllAsync().GetAsyncEnumerator())
        {
            var first = inbox.MoveNextAsync().AsTask();
            await NotifyAsync(world, "n3");
            await first;
        }

        Assert.AreEqual(NotificationOutcome.Unavailable, await NotifyAsync(world, "n5"));
    }

    [TestMethod]
    public async Task Same_notification_is_handed_out_once_also_over_a_lost_session()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada", static options => options.RememberedNotifications = 2);
        await ada.Device.Client.ConnectAsync();
        await using var inbox = ada.Presence.Notifications.ReadAllAsync().GetAsyncEnumerator();
        var next = inbox.MoveNextAsync().AsTask();
        Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, "n1"));
        await next;
        Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, "n1"));
        await ada.LoseSessionAsync();
        Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, "n1"));

        foreach (var id in new[] { "n2", "n3" })
        {
            next = inbox.MoveNextAsync().AsTask();
            Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, id));
            await next;
            Assert.AreEqual(id, inbox.Current.Id);
        }

        // Only so many are remembered.
        next = inbox.MoveNextAsync().AsTask();
        Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, "n1"));
        await next;
        Assert.AreEqual("n1", inbox.Current.Id);
    }

    [TestMethod]
    public async Task Application_that_serves_them_itself_has_no_inbox()
    {
        await using var world = await PresenceWorld.StartAsync();
        var device = world.Host.CreateClient("ada", static options => options.Serve<INotifications>(new Own()));
        Assert.ThrowsExactly<InvalidOperationException>(() => device.Client.Presence.Notifications);
    }

    [TestMethod]
    public async Task Closing_the_channel_ends_reading()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        var reading = ada.Presence.Notifications.ReadAllAsync().ToListAsync().AsTask();
        await ada.Device.Client.ConnectAsync();
        await ada.Device.Client.DisposeAsync();
        Assert.HasCount(0, await reading);
    }

    private sealed class Own : INotifications
    {
        public Task DeliverAsync(Notification notification, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
