using Loop.Sdk.InteropTests.Harness;

namespace Loop.Sdk.InteropTests.Storms;

[TestClass]
public sealed class StormTests
{
    private const int Sessions = 300;
    private const int Cuts = 3;
    private const int ItemsPerPhase = 20;

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Sessions_lose_and_double_nothing_when_all_are_cut_while_traffic_runs()
    {
        await using var server = await TestServer.StartAsync();
        var listeners = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => Listener.StartAsync(server)));
        await server.Counter.Topic.WhenSubscribersAsync(Sessions);

        var item = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            Publish();
            var back = listeners.Select(static listener => listener.Client.ReconnectedAsync()).ToArray();
            server.Cut();
            Publish();
            foreach (var change in await Task.WhenAll(back))
            {
                Assert.IsTrue(change.Resumed);
            }
        }

        Publish();
        await Task.WhenAll(listeners.Select(listener => listener.WhenSeenAsync(item)));
        foreach (var listener in listeners)
        {
            CollectionAssert.AreEqual(Enumerable.Range(1, item).ToArray(), listener.Seen);
            await listener.DisposeAsync();
        }

        void Publish()
        {
            for (var count = 0; count < ItemsPerPhase; count++)
            {
                server.Counter.Topic.Publish(++item);
            }
        }
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task Idempotent_call_is_made_again_when_the_server_is_restarted_in_the_middle()
    {
        var counter = new Counter();
        var server = await TestServer.StartAsync(counter: counter);
        var port = server.Port;
        await using var client = ChannelClient.Create(new ChannelClientOptions { Endpoint = server.Endpoint });
        var call = client.Service<ICounter>().WaitAsync();
        await counter.FirstWaits.Task;
        var back = client.ReconnectedAsync();

        // As a crash: no goodbye, and the new process knows nothing of the session.
        server.Cut();
        await server.DisposeAsync();
        var next = new Counter();
        await using var restarted = await TestServer.StartAsync(port, next);
        next.Gate.SetResult(7);

        Assert.AreEqual(7, await call);
        Assert.IsFalse((await back).Resumed);
    }
}
