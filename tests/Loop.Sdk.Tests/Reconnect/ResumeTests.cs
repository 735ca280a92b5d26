using Loop.Sdk.Handshake;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Reconnect;

[TestClass]
public sealed class ResumeTests
{
    [TestMethod]
    public async Task Nothing_is_lost_when_the_session_is_resumed()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();
        var hanging = fixture.Demo.HangAsync();
        await fixture.Server.Service.UntilHungAsync();
        var items = fixture.Demo.CountAsync(10_000).ToListAsync().AsTask();

        for (var cut = 0; cut < 5; cut++)
        {
            served.Connection.Cut();
            served = await fixture.Server.ResumeAsync(served.Peer);
            Assert.AreEqual("after", await fixture.Demo.EchoAsync("after").Soon());
        }

        fixture.Server.Service.Release.SetResult("done");
        Assert.AreEqual("done", await hanging.Soon());
        Assert.IsTrue(Enumerable.Range(1, 10_000).SequenceEqual(await items.Soon()));
        Assert.AreEqual(5, fixture.Server.Service.Echoes);
    }

    [TestMethod]
    public async Task Calls_made_while_away_are_sent_once_when_resumed()
    {
        await using var fixture = new Fixture { Jitter = 1 };
        var served = await fixture.ConnectAsync();
        served.Connection.Cut();
        await fixture.UntilAsync(ChannelState.Reconnecting);

        var call = fixture.Demo.EchoAsync("away");
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromMilliseconds(100));
        fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
        await fixture.Server.ResumeAsync(served.Peer);

        Assert.AreEqual("away", await call.Soon());
        Assert.AreEqual(1, fixture.Server.Service.Echoes);
        Assert.AreEqual(served.Peer.Id, fixture.Client.SessionId);
    }

    [TestMethod]
    public async Task Lost_session_fails_what_may_have_run_and_repeats_what_may_be_repeated()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();
        var hanging = fixture.Demo.HangAsync();
        await fixture.Server.Service.UntilHungAsync();
        var reading = fixture.Demo.ReadAsync("hang");
        await fixture.Server.Service.UntilHungAsync();
        var items = fixture.Demo.DoubleAsync(Endless()).GetAsyncEnumerator();
        Assert.IsTrue(await items.MoveNextAsync());

        served.Connection.Cut();
        var next = await fixture.Server.ServeAsync();
        var change = await fixture.UntilAsync(ChannelState.Connected);

        Assert.AreEqual(served.Peer.Id, next.Hello.Resume?.Session);
        Assert.AreEqual(ErrorCodes.SessionLost, change.Reason);
        Assert.IsFalse(change.Resumed);
        await Fixture.FailsAsync(hanging, ErrorCodes.SessionLost);
        fixture.Server.Service.Release.SetResult("again");
        Assert.AreEqual("again", await reading.Soon());
        await Fixture.FailsAsync(MoveAsync(items), ErrorCodes.SessionLost);
    }

    [TestMethod]
    public async Task Verdict_reconnect_ends_the_session_at_once()
    {
        await using var fixture = new Fixture { Jitter = 1 };
        var served = await fixture.ConnectAsync();
        var hanging = fixture.Demo.HangAsync();
        await fixture.Server.Service.UntilHungAsync();

        served.Connection.Finish(new GoAway(ErrorCodes.PrincipalChanged, Verdict.Reconnect));
        await Fixture.FailsAsync(hanging, ErrorCodes.SessionLost);
        await fixture.UntilAsync(ChannelState.Reconnecting, ErrorCodes.PrincipalChanged);
        await Fixture.FailsAsync(fixture.Demo.EchoAsync("unsafe"), ErrorCodes.Unavailable);
        var reading = fixture.Demo.ReadAsync("safe");
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromMilliseconds(100));
        fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
        var next = await fixture.Server.ServeAsync();

        Assert.IsNull(next.Hello.Resume);
        Assert.AreEqual("safe", await reading.Soon());
    }

    [TestMethod]
    public async Task Server_that_is_going_away_finishes_calls_and_gets_no_new_ones_that_can_wait()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();
        var hanging = fixture.Demo.HangAsync();
        await fixture.Server.Service.UntilHungAsync();

        served.Peer.Session.SendGoAway(new GoAway(ErrorCodes.Draining, Verdict.Reconnect));
        Assert.AreEqual("in time", await fixture.Demo.EchoAsync("in time").Soon());
        var waiting = fixture.Demo.ReadAsync("later");
        fixture.Server.Service.Release.SetResult("finished");
        Assert.AreEqual("finished", await hanging.Soon());
        Assert.IsFalse(waiting.IsCompleted);
        served.Connection.Finish(new GoAway(ErrorCodes.Draining, Verdict.Reconnect));
        await fixture.Server.ServeAsync();

        Assert.AreEqual("later", await waiting.Soon());
    }

    [TestMethod]
    public async Task Verdict_stop_closes_the_channel_for_good()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();
        var hanging = fixture.Demo.HangAsync();
        await fixture.Server.Service.UntilHungAsync();

        served.Connection.Finish(new GoAway(ErrorCodes.Fenced, Verdict.Stop));

        var change = await fixture.UntilAsync(ChannelState.Closed);
        Assert.AreEqual(ErrorCodes.Fenced, change.Reason);
        await Fixture.FailsAsync(hanging, ErrorCodes.Fenced);
        Assert.AreEqual(1, fixture.Server.Attempts);
    }

    [TestMethod]
    public async Task Session_without_a_secret_is_not_resumed()
    {
        await using var fixture = new Fixture();
        var connecting = fixture.Client.ConnectAsync();
        var connection = await fixture.Server.AcceptAsync();
        var peer = new ServerPeer(fixture.Server.Service, await connection.ReadHelloAsync(), fixture.Time);
        await connection.WelcomeAsync(peer, new Welcome { Session = peer.Id });
        await connecting.Soon();

        connection.Cut();
        var next = await fixture.Server.ServeAsync();

        Assert.IsNull(next.Hello.Resume);
    }

    [TestMethod]
    public async Task Server_that_breaks_the_protocol_costs_the_session_not_the_channel()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();

        await served.Connection.Socket.SendAsync(new byte[] { 0x1F, 0 }, System.Net.WebSockets.WebSocketMessageType.Binary, true, default);
        var next = await fixture.Server.ServeAsync();

        Assert.IsNull(next.Hello.Resume);
        Assert.AreEqual("on", await fixture.Demo.ReadAsync("on").Soon());
    }

    private static async Task MoveAsync(IAsyncEnumerator<int> items) => await items.MoveNextAsync();

    private static async IAsyncEnumerable<int> Endless()
    {
        yield return 1;
        await new TaskCompletionSource().Task;
    }
}
