using Loop.Sdk.Handshake;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Channels;

[TestClass]
public sealed class DisposalTests
{
    [TestMethod]
    public async Task Dispose_tells_the_server_and_closes_the_connection_in_order()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();

        await fixture.Client.DisposeAsync().AsTask().Soon();

        Assert.AreEqual(new GoAway(ErrorCodes.Closed, Verdict.Stop), await served.Peer.GoAway);
        Assert.IsNull(await served.Connection.Ended);
        Assert.AreEqual(ChannelState.Closed, fixture.Client.State);
    }

    [TestMethod]
    public async Task Dispose_fails_calls_and_streams_with_closed()
    {
        await using var fixture = new Fixture();
        await fixture.ConnectAsync();
        var call = fixture.Demo.HangAsync();
        var items = fixture.Demo.DoubleAsync(Endless()).GetAsyncEnumerator();
        Assert.IsTrue(await items.MoveNextAsync());
        var next = items.MoveNextAsync().AsTask();

        await fixture.Client.DisposeAsync().AsTask().Soon();

        await Fixture.FailsAsync(call, ErrorCodes.Closed);
        await Fixture.FailsAsync(next, ErrorCodes.Closed);
        await Fixture.FailsAsync(fixture.Demo.EchoAsync("late"), ErrorCodes.Closed);
        await Fixture.FailsAsync(fixture.Client.ConnectAsync(), ErrorCodes.Closed);
    }

    [TestMethod]
    public async Task Stream_that_is_read_on_after_dispose_fails_in_what_is_awaited()
    {
        await using var fixture = new Fixture();
        await fixture.ConnectAsync();
        var items = fixture.Demo.DoubleAsync(Endless()).GetAsyncEnumerator();
        Assert.IsTrue(await items.MoveNextAsync());
        await fixture.Client.DisposeAsync().AsTask().Soon();

        // The error is there already, and is not thrown here.
        var next = items.MoveNextAsync().AsTask();

        await Fixture.FailsAsync(next, ErrorCodes.Closed);
    }

    [TestMethod]
    public async Task Dispose_ends_an_attempt_to_connect()
    {
        await using var fixture = new Fixture();
        var connecting = fixture.Client.ConnectAsync();
        var call = fixture.Demo.EchoAsync("never");
        await (await fixture.Server.AcceptAsync()).ReadHelloAsync();

        await fixture.Client.DisposeAsync().AsTask().Soon();

        await Fixture.FailsAsync(connecting, ErrorCodes.Closed);
        await Fixture.FailsAsync(call, ErrorCodes.Closed);
    }

    [TestMethod]
    public async Task Dispose_ends_the_wait_between_attempts()
    {
        await using var fixture = new Fixture { Jitter = 1 };
        fixture.Server.Fault = new IOException("Nobody is there.");
        var connecting = fixture.Client.ConnectAsync();
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromMilliseconds(250));

        await fixture.Client.DisposeAsync().AsTask().Soon();

        await Fixture.FailsAsync(connecting, ErrorCodes.Closed);
    }

    [TestMethod]
    public async Task Dispose_does_not_wait_for_a_provider_that_never_answers()
    {
        await using var fixture = new Fixture(options => options.CredentialsProvider = static _ => new ValueTask<Credentials?>(new TaskCompletionSource<Credentials?>().Task));
        var connecting = fixture.Client.ConnectAsync();

        await fixture.Client.DisposeAsync().AsTask().Soon();

        await Fixture.FailsAsync(connecting, ErrorCodes.Closed);
    }

    [TestMethod]
    public async Task Dispose_does_not_wait_for_a_server_that_does_not_read()
    {
        await using var fixture = new Fixture();
        var connecting = fixture.Client.ConnectAsync();
        var connection = await fixture.Server.AcceptAsync();
        await connection.ReadHelloAsync();
        await connection.Socket.SendAsync(ControlFrames.Write(new Welcome { Session = "mute" }).AsMemory(), System.Net.WebSockets.WebSocketMessageType.Binary, true, default);
        await connecting.Soon();

        await fixture.Client.DisposeAsync().AsTask().Soon();

        Assert.AreEqual(ChannelState.Closed, fixture.Client.State);
    }

    [TestMethod]
    public async Task Dispose_may_be_repeated_and_at_the_same_time()
    {
        await using var fixture = new Fixture();
        await fixture.ConnectAsync();

        await Task.WhenAll(fixture.Client.DisposeAsync().AsTask(), fixture.Client.DisposeAsync().AsTask()).Soon();
        await fixture.Client.DisposeAsync().AsTask().Soon();

        Assert.AreEqual(ChannelState.Closed, fixture.Client.State);
    }

    [TestMethod]
    public async Task Dispose_of_an_unused_client_does_not_connect()
    {
        var fixture = new Fixture();

        await fixture.DisposeAsync().AsTask().Soon();

        Assert.AreEqual(0, fixture.Server.Attempts);
    }

    private static async IAsyncEnumerable<int> Endless()
    {
        yield return 1;
        await new TaskCompletionSource().Task;
    }
}
