using Loop.Sdk.Presence;

namespace Loop.Sdk.Tests.Presence;

[TestClass]
public sealed class InboxTests
{
    private static Notification Of(string id) => new() { Id = id, Kind = "call", SentAt = DateTimeOffset.UnixEpoch };

    private static async Task<string> FailsAsync(Task delivery) => (await Assert.ThrowsExactlyAsync<LoopException>(() => delivery)).Code;

    [TestMethod]
    public async Task Delivery_completes_when_it_is_taken_and_not_before()
    {
        await using var inbox = new ServedInbox(new PresenceClientOptions());
        await using var reader = inbox.ReadAllAsync().GetAsyncEnumerator();
        var taking = reader.MoveNextAsync().AsTask();
        Assert.IsFalse(taking.IsCompleted);
        var (one, two) = (inbox.DeliverAsync(Of("1")), inbox.DeliverAsync(Of("2")));
        Assert.IsTrue(await taking);
        await one;
        Assert.AreEqual("1", reader.Current.Id);
        Assert.IsFalse(two.IsCompleted);
        Assert.IsTrue(await reader.MoveNextAsync());
        await two;
        Assert.AreEqual("2", reader.Current.Id);
    }

    [TestMethod]
    public async Task What_the_server_gave_up_is_not_handed_out()
    {
        await using var inbox = new ServedInbox(new PresenceClientOptions());
        await using var reader = inbox.ReadAllAsync().GetAsyncEnumerator();
        var taking = reader.MoveNextAsync().AsTask();
        await inbox.DeliverAsync(Of("0"));
        await taking;
        using var patience = new CancellationTokenSource();
        var late = inbox.DeliverAsync(Of("late"), patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => late);
        taking = reader.MoveNextAsync().AsTask();
        Assert.IsFalse(taking.IsCompleted);
        await inbox.DeliverAsync(Of("1"));
        await taking;
        Assert.AreEqual("1", reader.Current.Id);
    }

    [TestMethod]
    public async Task Same_notification_that_comes_twice_at_once_is_handed_out_once()
    {
        await using var inbox = new ServedInbox(new PresenceClientOptions());
        await using var reader = inbox.ReadAllAsync().GetAsyncEnumerator();
        var taking = reader.MoveNextAsync().AsTask();
        await inbox.DeliverAsync(Of("0"));
        await taking;
        using var lost = new CancellationTokenSource();
        var (first, again) = (inbox.DeliverAsync(Of("1"), lost.Token), inbox.DeliverAsync(Of("1")));

        // The session of the first is lost, and the second stands in for it.
        await lost.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("1", reader.Current.Id);
        await again;
        await inbox.DeliverAsync(Of("1"));
        Assert.IsFalse(reader.MoveNextAsync().AsTask().IsCompleted);
        await inbox.DisposeAsync();
    }

    [TestMethod]
    public async Task Nobody_who_reads_and_too_many_that_wait_are_refusals()
    {
        await using var inbox = new ServedInbox(new PresenceClientOptions { MaxWaitingNotifications = 2 });
        Assert.AreEqual(ErrorCodes.Unavailable, await FailsAsync(inbox.DeliverAsync(Of("0"))));
        var reader = inbox.ReadAllAsync().GetAsyncEnumerator();
        var taking = reader.MoveNextAsync().AsTask();
        await inbox.DeliverAsync(Of("0"));
        await taking;
        var (one, two) = (inbox.DeliverAsync(Of("1")), inbox.DeliverAsync(Of("2")));
        Assert.AreEqual(ErrorCodes.ResourceExhausted, await FailsAsync(inbox.DeliverAsync(Of("3"))));
        await reader.DisposeAsync();
        Assert.AreEqual(ErrorCodes.Unavailable, await FailsAsync(one));
        Assert.AreEqual(ErrorCodes.Unavailable, await FailsAsync(two));
    }

    [TestMethod]
    public async Task Each_goes_to_one_of_several_readers()
    {
        await using var inbox = new ServedInbox(new PresenceClientOptions());
        using var stop = new CancellationTokenSource();
        var got = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Task[] readers = [ReadAsync(), ReadAsync()];
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => inbox.DeliverAsync(Of($"{number}"))));
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 100).Select(static number => $"{number}").ToArray(), got.ToArray());

        async Task ReadAsync()
        {
            try
            {
                await foreach (var notification in inbox.ReadAllAsync(stop.Token))
                {
                    got.Enqueue(notification.Id);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }
    }
}
