using Loop.Sdk.Server.Push;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>How a connection ends whose browser does not help.</summary>
[TestClass]
public sealed class SessionEndTests
{
    private static readonly PushServiceOptions Options = new();

    [TestMethod]
    public async Task A_browser_that_answers_no_goodbye_is_cut_after_a_moment()
    {
        await using var world = await BrowserWorld.StartAsync();
        using var browser = new ScriptedSocket();
        var begin = world.Clock.GetUtcNow();
        var running = RunAsync(world, browser);
        await world.Clock.AdvanceUntilAsync(running, TimeSpan.FromMilliseconds(100));
        Assert.AreEqual("HandshakeTimeout", browser.Goodbye);
        Assert.IsTrue(browser.Aborted.IsCompletedSuccessfully);
        Assert.IsGreaterThanOrEqualTo(Options.HelloTimeout + TimeSpan.FromSeconds(1), world.Clock.GetUtcNow() - begin);
    }

    [TestMethod]
    public async Task A_hello_that_is_answered_when_its_time_is_over_connects_nobody()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var before = await world.SubscriberAsync();
        await before.CloseAsync();
        using var browser = new ScriptedSocket();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        browser.SendGate = slow.Task;
        browser.Say($$"""{"messageType":"hello","uaid":"{{before.Uaid}}"}""");
        var running = RunAsync(world, browser);
        await browser.Sending;
        await world.Clock.AdvanceUntilAsync(browser.Aborted, TimeSpan.FromMilliseconds(100));
        slow.SetResult();
        await running;
        Assert.DoesNotContain(before.Uaid[..22], world.Core.Attachments.Agents);
    }

    private static async Task RunAsync(BrowserWorld world, ScriptedSocket socket)
    {
        using var connection = new MozillaSocket(socket, Options.MaxMessage, world.Core.Time);
        await new MozillaSession(world.Core, Options, connection, (PushBroadcasts)world.Broadcasts).RunAsync(CancellationToken.None);
    }
}
