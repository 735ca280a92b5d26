using Loop.Sdk.Handshake;
using Loop.Sdk.Reconnect;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Reconnect;

[TestClass]
public sealed class BackoffTests
{
    private static readonly ReconnectOptions Options = new()
    {
        InitialDelay = TimeSpan.FromMilliseconds(200),
        MaxDelay = TimeSpan.FromSeconds(1),
        Multiplier = 2,
    };

    [TestMethod]
    public void Ceiling_grows_to_the_maximum_when_attempts_fail()
    {
        var backoff = new Backoff(Options, () => 1);
        backoff.OnLost(now: 1);

        var delays = Enumerable.Range(0, 6).Select(_ => backoff.Next(hintMs: 0).TotalMilliseconds);

        Assert.IsTrue(delays.SequenceEqual([100, 200, 400, 800, 1000, 1000]));
    }

    [TestMethod]
    public void Delay_is_anywhere_below_the_ceiling()
    {
        var share = 0.0;
        var backoff = new Backoff(Options, () => share);
        Assert.AreEqual(TimeSpan.Zero, backoff.Next(hintMs: 0));

        share = 0.25;

        Assert.AreEqual(TimeSpan.FromMilliseconds(100), backoff.Next(hintMs: 0));
    }

    [TestMethod]
    public void First_connection_gets_no_quick_retry()
    {
        var backoff = new Backoff(Options, () => 1);

        Assert.AreEqual(Options.InitialDelay, backoff.Next(hintMs: 0));
    }

    [TestMethod]
    public void Hint_of_the_server_is_spread_and_obeyed()
    {
        var backoff = new Backoff(Options, () => 0.5);
        backoff.OnLost(now: 1);

        Assert.AreEqual(TimeSpan.FromSeconds(5), backoff.Next(hintMs: 10_000));
    }

    [TestMethod]
    public void Server_that_drops_every_connection_gets_one_quick_retry_in_five_seconds()
    {
        var backoff = new Backoff(Options, () => 1);
        backoff.OnLost(now: 1_000);
        Assert.AreEqual(Backoff.QuickDelay, backoff.Next(hintMs: 0));

        backoff.OnLost(now: 1_100);
        Assert.AreEqual(Options.InitialDelay, backoff.Next(hintMs: 0));

        backoff.OnLost(now: 6_000);
        Assert.AreEqual(Backoff.QuickDelay, backoff.Next(hintMs: 0));
    }

    [TestMethod]
    public async Task Drained_client_comes_back_within_the_hint_and_resumes()
    {
        await using var fixture = new Fixture { Jitter = 1 };
        var served = await fixture.ConnectAsync();

        served.Connection.Finish(new GoAway(ErrorCodes.Draining, Verdict.Resume) { RetryAfterMs = 3_000 });
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromSeconds(3));
        Assert.AreEqual(1, fixture.Server.Attempts);
        fixture.Time.Advance(TimeSpan.FromSeconds(3));
        await fixture.Server.ResumeAsync(served.Peer);

        Assert.IsTrue((await fixture.UntilAsync(ChannelState.Connected)).Resumed);
    }

    [TestMethod]
    public async Task Attempt_refused_with_a_hint_is_repeated_after_it()
    {
        await using var fixture = new Fixture { Jitter = 1 };
        var connecting = fixture.Client.ConnectAsync();

        await (await fixture.Server.AcceptAsync()).RefuseAsync(new GoAway(ErrorCodes.RateLimited, Verdict.Resume) { RetryAfterMs = 9_000 });
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromSeconds(9));
        fixture.Time.Advance(TimeSpan.FromSeconds(9));
        await fixture.Server.ServeAsync();

        await connecting.Soon();
    }
}
