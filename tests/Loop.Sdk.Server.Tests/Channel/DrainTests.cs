using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;

namespace Loop.Sdk.Server.Tests.Channel;

[TestClass]
public sealed class DrainTests
{
    [TestMethod]
    public async Task Idle_sessions_are_told_and_ended()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        var stopping = host.Lifecycle.StoppingAsync(CancellationToken.None);
        var notice = (await client.ReadAsync()).GoAway;
        Assert.AreEqual(ErrorCodes.Draining, notice.Code);
        Assert.AreEqual(Verdict.Reconnect, notice.Verdict);
        Assert.IsTrue(notice.RetryAfterMs is > 2_000 and <= 5_001);
        var reading = client.ReadToEndAsync();
        await host.PassTimeUntilAsync(() => stopping.IsCompleted, TimeSpan.FromMilliseconds(1));
        await reading;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task Open_calls_end_at_the_drain_timeout()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.WaitMethod);
        var token = await host.Handler.Waiting;
        var stopping = host.Lifecycle.StoppingAsync(CancellationToken.None);
        Assert.AreEqual(ErrorCodes.Draining, (await client.ReadAsync()).GoAway.Code);
        await client.CallAsync(3, ITestContract.EchoMethod);
        var refused = (await client.ReadAsync()).Error;
        Assert.AreEqual(ErrorCodes.Draining, refused.Code);
        Assert.IsTrue(refused.Retryable);
        var reading = client.ReadToEndAsync();
        await host.PassTimeUntilAsync(() => stopping.IsCompleted, TimeSpan.FromMilliseconds(50));
        await Signals.WhenCancelledAsync(token);
        await reading;
    }

    [TestMethod]
    public async Task Clients_that_do_not_answer_are_cut()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        var stopping = host.Lifecycle.StoppingAsync(CancellationToken.None);
        await host.PassTimeUntilAsync(() => stopping.IsCompleted, TimeSpan.FromMilliseconds(50));
        await host.Accepted;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task Sessions_without_a_connection_do_not_hold_up_the_drain()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        client.Cut();
        await host.Accepted;
        await host.Lifecycle.StoppingAsync(CancellationToken.None);
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task New_connections_are_refused()
    {
        await using var host = new MemoryHost();
        host.Server.BeginDrain();
        using var client = host.Connect();
        await client.SendAsync(ControlFrames.Write(new Hello()));
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.Draining, goAway.Code);
        Assert.AreEqual(Verdict.Reconnect, goAway.Verdict);
    }
}
