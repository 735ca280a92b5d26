using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Hosting;

[TestClass]
public sealed class HostTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task A_call_is_answered_when_nothing_was_set_up_but_a_contract()
    {
        await using var host = await Hosts.StartAsync(_world);

        Assert.AreEqual("hello", await host.CreateClient().Probe().EchoAsync("hello"));
    }

    [TestMethod]
    public async Task An_anonymous_client_is_refused_unless_the_server_allows_it()
    {
        await using var strict = await Hosts.StartAsync(_world);
        await Check.FailsAsync(ErrorCodes.Unauthenticated, strict.CreateClient(user: null).Client.ConnectAsync());

        await using var lenient = await Hosts.StartAsync(_world, configure: options => options.AllowAnonymous = true);
        await lenient.CreateClient(user: null).Client.ConnectAsync();
    }

    [TestMethod]
    public async Task A_client_gets_a_new_session_when_the_server_restarts()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = await host.ConnectAsync();
        var session = client.Client.SessionId;
        var lost = client.UntilAsync(change => change is { Current: ChannelState.Connected, Reason: ErrorCodes.SessionLost });

        await host.RestartAsync();

        Assert.IsFalse((await lost).Resumed);
        Assert.AreNotEqual(session, client.Client.SessionId);
        Assert.AreEqual("again", await client.Probe().EchoAsync("again"));
    }

    [TestMethod]
    public async Task Handlers_are_cancelled_when_the_server_crashes()
    {
        await using var host = await Hosts.StartAsync(_world);
        var call = host.CreateClient().Probe().HangAsync("call");
        await _world.Entered.NextAsync();

        await host.RestartAsync();

        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
        await Check.FailsAsync(ErrorCodes.SessionLost, call);
    }

    [TestMethod]
    public async Task Clients_come_back_at_once_when_a_stopped_server_is_started_again()
    {
        var clock = new FakeClock();
        await using var host = await Hosts.StartAsync(_world, clock);
        var client = await host.ConnectAsync();
        var gone = client.UntilAsync(ChannelState.Reconnecting);
        await clock.AdvanceUntilAsync(host.StopAsync(), TimeSpan.FromMilliseconds(50));
        await gone;
        var back = client.UntilAsync(change => change is { Previous: ChannelState.Reconnecting, Current: ChannelState.Connected });

        await host.RestartAsync();

        await back;
        await client.Probe().TouchAsync();
    }

    [TestMethod]
    public async Task A_client_connects_without_a_move_of_the_clock_when_its_link_stops_refusing()
    {
        await using var host = await Hosts.StartAsync(_world, new FakeClock());
        var client = host.CreateClient();
        client.Link.IsRefusing = true;
        var failed = client.UntilAsync(change => change is { Current: ChannelState.Connecting, Reason: ErrorCodes.Unavailable });
        var connecting = client.Client.ConnectAsync();
        await failed;

        client.Link.IsRefusing = false;

        await connecting;
    }

    [TestMethod]
    public async Task Everything_ends_when_the_host_is_disposed_of_while_calls_run()
    {
        var host = await Hosts.StartAsync(_world);
        var client = host.CreateClient();
        var frozen = await host.ConnectAsync("frozen");
        var call = client.Probe().HangAsync("call");
        await _world.Entered.NextAsync();
        frozen.Link.IsFrozen = true;

        await host.DisposeAsync();

        await Check.FailsAsync(ErrorCodes.Closed, call);
        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
        Assert.AreEqual(ChannelState.Closed, client.Client.State);
        Assert.AreEqual(ChannelState.Closed, frozen.Client.State);
    }
}
