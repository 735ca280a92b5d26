using Loop.Sdk.Handshake;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Channels;

[TestClass]
public sealed class StateTests
{
    [TestMethod]
    public async Task Changes_begin_with_the_present_state_and_end_with_closed()
    {
        await using var fixture = new Fixture();
        var changes = fixture.Client.StateChanges().ToListAsync().AsTask();
        var others = fixture.Client.StateChanges().ToListAsync().AsTask();

        var served = await fixture.ConnectAsync();
        served.Connection.Cut();
        await fixture.Server.ResumeAsync(served.Peer);
        await fixture.UntilAsync(ChannelState.Connected);
        await fixture.Client.DisposeAsync().AsTask().Soon();

        ChannelStateChange[] expected =
        [
            new(ChannelState.Disconnected, ChannelState.Disconnected),
            new(ChannelState.Disconnected, ChannelState.Connecting),
            new(ChannelState.Connecting, ChannelState.Connected),
            new(ChannelState.Connected, ChannelState.Reconnecting) { Reason = ErrorCodes.Unavailable },
            new(ChannelState.Reconnecting, ChannelState.Connected) { Resumed = true },
            new(ChannelState.Connected, ChannelState.Closed) { Reason = ErrorCodes.Closed },
        ];
        Assert.IsTrue(expected.SequenceEqual(await changes.Soon()));
        Assert.IsTrue(expected.SequenceEqual(await others.Soon()));
    }

    [TestMethod]
    public async Task Changes_of_a_closed_channel_are_the_last_one_only()
    {
        await using var fixture = new Fixture();
        await fixture.Client.DisposeAsync();

        var changes = await fixture.Client.StateChanges().ToListAsync().AsTask().Soon();

        Assert.AreEqual(ChannelState.Closed, changes.Single().Current);
    }

    [TestMethod]
    public async Task Slow_consumer_misses_the_oldest_changes_only()
    {
        await using var fixture = new Fixture();
        await using var changes = fixture.Client.StateChanges().GetAsyncEnumerator();
        Assert.IsTrue(await changes.MoveNextAsync());

        _ = fixture.Client.ConnectAsync();
        for (var attempt = 0; attempt < 40; attempt++)
        {
            await (await fixture.Server.AcceptAsync()).RefuseAsync(new GoAway(ErrorCodes.Draining, Verdict.Resume));
        }

        await fixture.Server.ServeAsync();
        await fixture.UntilAsync(ChannelState.Connected);
        var seen = 0;
        do
        {
            Assert.IsTrue(await changes.MoveNextAsync());
            seen++;
        }
        while (changes.Current.Current != ChannelState.Connected);

        Assert.AreEqual(32, seen);
    }
}
