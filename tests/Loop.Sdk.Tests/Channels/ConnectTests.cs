using Loop.Sdk.Handshake;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Channels;

[TestClass]
public sealed class ConnectTests
{
    [TestMethod]
    public async Task Client_does_nothing_before_it_is_used()
    {
        await using var fixture = new Fixture();

        _ = fixture.Demo;

        Assert.AreEqual(ChannelState.Disconnected, fixture.Client.State);
        Assert.IsNull(fixture.Client.SessionId);
        Assert.AreEqual(0, fixture.Server.Attempts);
    }

    [TestMethod]
    public async Task Connect_completes_when_the_server_welcomes()
    {
        await using var fixture = new Fixture();

        var served = await fixture.ConnectAsync();

        Assert.AreEqual(ChannelState.Connected, fixture.Client.State);
        Assert.AreEqual(served.Peer.Id, fixture.Client.SessionId);
        Assert.IsNull(served.Hello.Resume);
        Assert.IsNull(served.Hello.Credentials);
    }

    [TestMethod]
    public async Task Connect_returns_at_once_when_connected()
    {
        await using var fixture = new Fixture();
        await fixture.ConnectAsync();

        await fixture.Client.ConnectAsync().Soon();

        Assert.AreEqual(1, fixture.Server.Attempts);
    }

    [TestMethod]
    public async Task First_call_opens_the_channel()
    {
        await using var fixture = new Fixture();

        var echo = fixture.Demo.EchoAsync("lazy");
        var served = await fixture.Server.ServeAsync();

        Assert.AreEqual("lazy", await echo.Soon());
        Assert.IsTrue(served.Hello.Services.SequenceEqual(["tests.demo/1"]));
    }

    [TestMethod]
    public async Task Service_is_the_same_each_time()
    {
        await using var fixture = new Fixture();

        var first = fixture.Client.Service<IDemo>();

        Assert.AreSame(first, fixture.Client.Service<IDemo>());
    }

    [TestMethod]
    public async Task Service_first_used_when_connected_is_opened_by_name()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();
        Assert.IsEmpty(served.Hello.Services);

        Assert.AreEqual("named", await fixture.Demo.EchoAsync("named").Soon());
    }

    [TestMethod]
    public async Task Connect_goes_on_trying_while_the_server_cannot_be_reached()
    {
        await using var fixture = new Fixture { Jitter = 1 };
        fixture.Server.Fault = new IOException("Nobody is there.");

        var connecting = fixture.Client.ConnectAsync();
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromMilliseconds(250));
        Assert.AreEqual(ChannelState.Connecting, fixture.Client.State);
        fixture.Server.Fault = null;
        fixture.Time.Advance(TimeSpan.FromMilliseconds(250));
        await fixture.Server.ServeAsync();

        await connecting.Soon();
    }

    [TestMethod]
    public async Task Connect_gives_up_when_cancelled_and_the_channel_goes_on()
    {
        await using var fixture = new Fixture();
        using var cancellation = new CancellationTokenSource();

        var connecting = fixture.Client.ConnectAsync(cancellation.Token);
        var connection = await fixture.Server.AcceptAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => connecting.Soon());

        var hello = await connection.ReadHelloAsync();
        await connection.WelcomeAsync(new ServerPeer(fixture.Server.Service, hello, fixture.Time), new Welcome { Session = "s" });
        await fixture.UntilAsync(ChannelState.Connected);
    }

    [TestMethod]
    public async Task Attempt_is_given_up_when_the_server_says_nothing()
    {
        await using var fixture = new Fixture(options => options.ConnectTimeout = TimeSpan.FromSeconds(7)) { Jitter = 1 };

        var connecting = fixture.Client.ConnectAsync();
        await (await fixture.Server.AcceptAsync()).ReadHelloAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(7));
        await fixture.UntilAsync(ChannelState.Connecting, ErrorCodes.Unavailable);
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromMilliseconds(250));
        fixture.Time.Advance(TimeSpan.FromMilliseconds(250));
        await fixture.Server.ServeAsync();

        await connecting.Soon();
    }

    [TestMethod]
    public async Task Connect_fails_with_the_code_when_the_server_says_stop()
    {
        await using var fixture = new Fixture();

        var connecting = fixture.Client.ConnectAsync();
        var call = fixture.Demo.EchoAsync("never");
        var connection = await fixture.Server.AcceptAsync();
        await connection.RefuseAsync(new GoAway(ErrorCodes.PermissionDenied, Verdict.Stop));

        await Fixture.FailsAsync(connecting, ErrorCodes.PermissionDenied);
        await Fixture.FailsAsync(call, ErrorCodes.PermissionDenied);
        await Fixture.FailsAsync(fixture.Demo.EchoAsync("later"), ErrorCodes.PermissionDenied);
        await Fixture.FailsAsync(fixture.Client.ConnectAsync(), ErrorCodes.PermissionDenied);
        Assert.AreEqual(ChannelState.Closed, fixture.Client.State);
    }
}
