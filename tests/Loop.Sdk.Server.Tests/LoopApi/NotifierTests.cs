using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi;

[TestClass]
public sealed class NotifierTests
{
    [TestMethod]
    public async Task Private_addresses_are_not_pushed_to()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.AllowPrivateNetworks = false);
        var user = await world.UserAsync("ada", "rooms");
        await user.CreateAsync();
        await UntilLoggedAsync(world, "pushed: failed");
        Assert.IsTrue(world.Sink.IsQuiet);
    }

    [TestMethod]
    public async Task Answer_does_not_wait_for_a_slow_push_service()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.MaxPushesAtOnce = 1);
        world.Sink.Hold = new TaskCompletionSource();
        var user = await world.UserAsync("ada", "rooms");
        await user.CreateAsync();
        await user.CreateAsync();
        Assert.IsTrue(world.Sink.IsQuiet);
        world.Sink.Hold.SetResult();
        Assert.AreEqual(world.Second, (await world.Sink.NextAsync()).Version);
        Assert.AreEqual(world.Second + 1, (await world.Sink.NextAsync()).Version);
    }

    [TestMethod]
    public async Task Push_that_takes_too_long_is_given_up()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.MaxPushesAtOnce = 1);
        world.Sink.Hold = new TaskCompletionSource();
        var user = await world.UserAsync("ada", "rooms");
        await user.CreateAsync();
        await world.Sink.Arrived.WaitAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await UntilLoggedAsync(world, "pushed: failed");
        world.Sink.Hold.SetResult();
    }

    [TestMethod]
    public async Task Push_that_is_refused_is_not_repeated()
    {
        await using var world = await HttpWorld.StartAsync();
        world.Sink.Status = 503;
        var user = await world.UserAsync("ada", "rooms");
        await user.CreateAsync();
        await world.Sink.NextAsync();
        await UntilLoggedAsync(world, "pushed: refused");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsTrue(world.Sink.IsQuiet);
    }

    [TestMethod]
    public async Task Changes_beyond_what_may_wait_are_dropped_and_told_in_the_log()
    {
        await using var world = await HttpWorld.StartAsync(static options => (options.MaxPushesAtOnce, options.MaxWaitingPushes) = (1, 1));
        world.Sink.Hold = new TaskCompletionSource();
        var user = await world.UserAsync("ada", "rooms");
        for (var number = 0; !world.Logs.Entries.Any(static entry => entry.Contains("Too many changes", StringComparison.Ordinal)); number++)
        {
            Assert.IsLessThan(100, number);
            await user.CreateAsync();
        }

        world.Sink.Hold.SetResult();
        Assert.AreEqual(user.Push, (await world.Sink.NextAsync()).Url);
    }

    private static async Task UntilLoggedAsync(HttpWorld world, string text)
    {
        for (var patience = Task.Delay(TimeSpan.FromSeconds(30)); !world.Logs.Entries.Any(entry => entry.Contains(text, StringComparison.Ordinal));)
        {
            Assert.IsFalse(patience.IsCompleted, text);
            await Task.Yield();
        }
    }
}
