using Loop.Sdk.Handshake;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Reconnect;

[TestClass]
public sealed class LivenessTests
{
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(10);

    [TestMethod]
    public async Task Silent_server_is_left_when_it_does_not_answer_a_ping()
    {
        await using var fixture = new Fixture();
        await ConnectToMuteServerAsync(fixture);

        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        var change = await fixture.UntilAsync(ChannelState.Reconnecting);
        Assert.AreEqual(ErrorCodes.KeepAliveTimeout, change.Reason);
    }

    [TestMethod]
    public async Task Idle_connection_is_kept_alive()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();

        for (var second = 0; second < 120; second++)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.AreEqual("alive", await fixture.Demo.EchoAsync("alive").Soon());
        }

        Assert.IsTrue(served.Peer.Session.Tick(served.Peer.Clock.Now));
        Assert.AreEqual(1, fixture.Server.Attempts);
    }

    [TestMethod]
    public async Task Dead_connection_is_noticed_soon_when_the_machine_wakes_up()
    {
        await using var fixture = new Fixture();
        await ConnectToMuteServerAsync(fixture);

        fixture.Time.Sleep(TimeSpan.FromHours(8));
        fixture.Time.Advance(TimeSpan.FromSeconds(4));

        var change = await fixture.UntilAsync(ChannelState.Reconnecting);
        Assert.AreEqual(ErrorCodes.KeepAliveTimeout, change.Reason);
    }

    [TestMethod]
    public async Task Live_connection_stays_when_the_machine_wakes_up()
    {
        await using var fixture = new Fixture();
        await fixture.ConnectAsync();

        fixture.Time.Sleep(TimeSpan.FromHours(8));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual("here", await fixture.Demo.EchoAsync("here").Soon());
        fixture.Time.Advance(TimeSpan.FromSeconds(4));

        Assert.AreEqual("still", await fixture.Demo.EchoAsync("still").Soon());
        Assert.AreEqual(1, fixture.Server.Attempts);
    }

    [TestMethod]
    public async Task Wait_ends_when_the_machine_wakes_up()
    {
        await using var fixture = await WaitingAsync();

        fixture.Time.Sleep(TimeSpan.FromHours(8));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        await fixture.Server.ServeAsync();
    }

    [TestMethod]
    public async Task Wait_ends_when_the_network_is_back()
    {
        await using var fixture = await WaitingAsync();

        fixture.Network.ComeBack();

        await fixture.Server.ServeAsync();
    }

    private static async Task ConnectToMuteServerAsync(Fixture fixture)
    {
        var connecting = fixture.Client.ConnectAsync();
        var connection = await fixture.Server.AcceptAsync();
        await connection.ReadHelloAsync();
        await connection.Socket.SendAsync(ControlFrames.Write(new Welcome { Session = "mute" }).AsMemory(), System.Net.WebSockets.WebSocketMessageType.Binary, true, default);
        await connecting.Soon();
    }

    private static async Task<Fixture> WaitingAsync()
    {
        var fixture = new Fixture(options => options.Reconnect = new ReconnectOptions { InitialDelay = LongWait, MaxDelay = LongWait }) { Jitter = 1 };
        fixture.Server.Fault = new IOException("Nobody is there.");
        _ = fixture.Client.ConnectAsync();
        await fixture.Time.UntilWaitedForAsync(LongWait);
        fixture.Server.Fault = null;
        return fixture;
    }
}
