using System.Collections.Concurrent;
using System.Text.Json;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Notifications;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Notifications;

[TestClass]
public sealed class NotifierTests
{
    private static readonly Notification News = new() { Id = "n1", Kind = "call", Payload = JsonElement.Parse("""{"room":"✓"}"""), SentAt = DateTimeOffset.UnixEpoch };

    private static Task<PresenceWorld> StartAsync(INotificationStore? store = null) => PresenceWorld.StartAsync(build: builder =>
    {
        builder.AddNotifications();
        if (store is not null)
        {
            builder.Services.AddSingleton(store);
        }
    });

    private static async Task<LoopTestClient> ConnectAsync(PresenceWorld world, string account, INotifications? inbox)
    {
        var client = world.Host.CreateClient(account, options =>
        {
            if (inbox is not null)
            {
                options.Serve(inbox);
            }
        });
        await client.Client.ConnectAsync();

        // The account is noted while the client is let in.
        var storage = world.Host.Services.GetRequiredService<IAvailabilityStorage>();
        while (!await storage.IsKnownAsync(account, CancellationToken.None))
        {
            await Task.Yield();
        }

        return client;
    }

    private static int SessionsOf(PresenceWorld world, string account) => world.Host.Services.GetRequiredService<LoopServer>().Registry.Of(account).Count;

    private static async Task<NotificationOutcome> NotifyAsync(PresenceWorld world, string account) =>
        (await world.Host.Services.GetRequiredService<INotifier>().NotifyAsync(News, [account]))[account];

    [TestMethod]
    public async Task Live_client_gets_it_and_its_return_is_the_acknowledgement()
    {
        await using var world = await StartAsync();
        var inbox = new Inbox();
        await ConnectAsync(world, "ada", inbox);
        Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, "ada"));
        var got = inbox.Got.Single();
        Assert.AreEqual(("n1", "call", """{"room":"✓"}""", DateTimeOffset.UnixEpoch), (got.Id, got.Kind, got.Payload!.Value.GetRawText(), got.SentAt));
    }

    [TestMethod]
    public async Task Each_account_gets_its_own_answer()
    {
        var store = new Store { Takes = static account => account == "bob" };
        await using var world = await StartAsync(store);
        await ConnectAsync(world, "ada", new Inbox());
        await ConnectAsync(world, "bob", inbox: null);
        await ConnectAsync(world, "cyd", inbox: null);
        var outcomes = await world.Host.Services.GetRequiredService<INotifier>().NotifyAsync(News, ["ada", "bob", "cyd", "dan", "ada"]);
        Assert.AreEqual(
            (4, NotificationOutcome.Delivered, NotificationOutcome.Stored, NotificationOutcome.Unavailable, NotificationOutcome.Unknown),
            (outcomes.Count, outcomes["ada"], outcomes["bob"], outcomes["cyd"], outcomes["dan"]));
        CollectionAssert.AreEquivalent(new[] { "bob", "cyd" }, store.Asked.ToArray());
    }

    [TestMethod]
    public async Task Account_that_went_is_known_and_not_there()
    {
        await using var world = await StartAsync();
        var ada = await ConnectAsync(world, "ada", new Inbox());
        await ada.Client.DisposeAsync();
        await Until.SoAsync(() => SessionsOf(world, "ada") == 0);
        Assert.AreEqual(NotificationOutcome.Unavailable, await NotifyAsync(world, "ada"));
    }

    [TestMethod]
    public async Task One_device_that_acknowledges_suffices()
    {
        await using var world = await StartAsync();
        var (quick, stuck, failing) = (new Inbox(), new Inbox { Gate = new TaskCompletionSource() }, new Inbox { Fails = true });
        await ConnectAsync(world, "ada", stuck);
        await ConnectAsync(world, "ada", failing);
        await ConnectAsync(world, "ada", quick);
        await Until.SoAsync(() => SessionsOf(world, "ada") == 3);
        Assert.AreEqual(NotificationOutcome.Delivered, await NotifyAsync(world, "ada"));
        await Until.SoAsync(() => quick.Got.Count == 1 && stuck.Got.Count == 1 && failing.Got.Count == 1);
    }

    [TestMethod]
    public async Task Client_that_does_not_answer_in_time_has_not_taken_it()
    {
        await using var world = await StartAsync();
        var inbox = new Inbox { Gate = new TaskCompletionSource() };
        await ConnectAsync(world, "ada", inbox);
        var notifying = NotifyAsync(world, "ada");
        await Until.SoAsync(() => inbox.Got.Count == 1);
        Assert.IsFalse(notifying.IsCompleted);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.AreEqual(NotificationOutcome.Unavailable, await notifying.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [TestMethod]
    public async Task Store_that_fails_has_not_taken_it()
    {
        await using var world = await StartAsync(new Store { Takes = static _ => throw new InvalidOperationException("The disk is full.") });
        await ConnectAsync(world, "ada", inbox: null);
        Assert.AreEqual(NotificationOutcome.Unavailable, await NotifyAsync(world, "ada"));
        Assert.IsTrue(world.Logs.Entries.Any(static entry => entry.Contains("The disk is full.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Notification_without_an_id_or_kind_is_the_hosts_mistake()
    {
        await using var world = await StartAsync();
        var notifier = world.Host.Services.GetRequiredService<INotifier>();
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => notifier.NotifyAsync(News with { Id = "" }, ["ada"]));
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => notifier.NotifyAsync(News with { Kind = new string('x', 65) }, ["ada"]));
    }

    [TestMethod]
    public async Task Sessions_pay_nothing_for_notifications()
    {
        await using var world = await StartAsync();
        await ConnectAsync(world, "ada", inbox: null);
        var server = world.Host.Services.GetRequiredService<LoopServer>();
        Assert.IsEmpty(server.Observers);
        Assert.IsNull(server.Registry.Of("ada").Single().Context.Observation);
    }

    private sealed class Inbox : INotifications
    {
        public ConcurrentQueue<Notification> Got { get; } = new();

        public TaskCompletionSource? Gate { get; init; }

        public bool Fails { get; init; }

        public async Task DeliverAsync(Notification notification, CancellationToken cancellationToken)
        {
            Got.Enqueue(notification);
            await (Gate?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            if (Fails)
            {
                throw new LoopException("test_failure", "No.");
            }
        }
    }

    private sealed class Store : INotificationStore
    {
        public ConcurrentQueue<string> Asked { get; } = new();

        public required Func<string, bool> Takes { get; init; }

        public ValueTask<bool> StoreAsync(Notification notification, string account, CancellationToken cancellationToken)
        {
            Asked.Enqueue(account);
            return ValueTask.FromResult(Takes(account));
        }
    }
}
