using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Sessions;

[TestClass]
public sealed class LostConnectionTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task A_half_open_connection_is_found_by_keep_alive_and_the_session_resumed()
    {
        var clock = new FakeClock();
        await using var host = await Hosts.StartAsync(_world, clock);
        var client = await host.ConnectAsync();
        var session = client.Client.SessionId;
        var start = clock.GetUtcNow();
        var noticed = client.UntilAsync(change => change is { Current: ChannelState.Reconnecting, Reason: ErrorCodes.KeepAliveTimeout });
        client.Link.IsFrozen = true;
        var call = client.Probe().EchoAsync("through the ice");

        await clock.AdvanceUntilAsync(noticed, TimeSpan.FromMilliseconds(500));
        Assert.IsFalse(call.IsCompleted);
        client.Link.IsFrozen = false;
        await clock.AdvanceUntilAsync(call, TimeSpan.FromMilliseconds(500));

        Assert.AreEqual(session, client.Client.SessionId);
        Assert.IsGreaterThanOrEqualTo(2, client.Link.Connections);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(10), clock.GetUtcNow() - start);
        Assert.AreEqual(1, _world.Echoes["through the ice"]);
    }

    [TestMethod]
    public async Task Calls_made_while_offline_are_sent_once_when_the_session_resumes()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = await host.ConnectAsync();
        client.Link.IsRefusing = true;
        var offline = client.UntilAsync(ChannelState.Reconnecting);
        client.Link.Cut();
        await offline;
        var calls = Enumerable.Range(0, 50).Select(number => client.Probe().EchoAsync($"offline {number}")).ToArray();

        client.Link.IsRefusing = false;

        Assert.HasCount(50, await Task.WhenAll(calls));
        Assert.IsTrue(_world.Echoes.Values.All(static count => count == 1));
    }

    [TestMethod]
    public async Task The_session_is_lost_when_its_client_stays_away_too_long()
    {
        var clock = new FakeClock();
        await using var host = await Hosts.StartAsync(_world, clock);
        var client = host.CreateClient(configure: static options => options.CallTimeout = Timeout.InfiniteTimeSpan);
        var call = client.Probe().HangAsync("call");
        await _world.Entered.NextAsync();
        client.Link.IsRefusing = true;
        client.Link.Cut();

        clock.Advance(TimeSpan.FromMinutes(1.5));
        Assert.IsFalse(call.IsCompleted);
        await clock.AdvanceUntilAsync(_world.Cancelled.NextAsync().AsTask(), TimeSpan.FromSeconds(10));
        client.Link.IsRefusing = false;

        await Check.FailsAsync(ErrorCodes.SessionLost, call);
    }

    [TestMethod]
    public async Task An_idempotent_call_is_repeated_with_its_key_when_the_server_restarts()
    {
        await using var host = await Hosts.StartPerCallAsync(_world);
        var call = host.CreateClient().Probe().HangIdempotentAsync("call");
        var first = await _world.Entered.NextAsync();

        await host.RestartAsync();

        Assert.AreEqual(first, await _world.Entered.NextAsync());
        Assert.StartsWith("call ", first);
        _world.Release.SetResult("answer");
        Assert.AreEqual("answer", await call);
    }

    [TestMethod]
    public async Task Open_calls_are_answered_when_the_server_drains()
    {
        var clock = new FakeClock();
        await using var host = await Hosts.StartAsync(_world, clock);
        var client = host.CreateClient();
        var call = client.Probe().HangAsync("call");
        await _world.Entered.NextAsync();

        var stopping = host.StopAsync();
        _world.Release.SetResult("answer");

        Assert.AreEqual("answer", await call);
        await clock.AdvanceUntilAsync(stopping, TimeSpan.FromMilliseconds(50));
    }

    [TestMethod]
    public async Task Everything_under_way_fails_when_the_client_is_disposed_of()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = host.CreateClient();
        var call = client.Probe().HangAsync("call");
        var upload = client.Probe().CollectAsync(EndlessAsync());
        var stream = client.Probe().CountAsync(int.MaxValue).CountAsync().AsTask();
        await _world.Entered.NextAsync();

        await client.Client.DisposeAsync();

        await Check.FailsAsync(ErrorCodes.Closed, call);
        await Check.FailsAsync(ErrorCodes.Closed, upload);
        await Check.FailsAsync(ErrorCodes.Closed, stream);
        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
        await Check.FailsAsync(ErrorCodes.Closed, client.Probe().TouchAsync());

        static async IAsyncEnumerable<int> EndlessAsync()
        {
            for (var number = 0; ; number++)
            {
                await Task.Yield();
                yield return number;
            }
        }
    }
}
