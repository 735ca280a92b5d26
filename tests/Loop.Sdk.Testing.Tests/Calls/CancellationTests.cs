using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Calls;

[TestClass]
public sealed class CancellationTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task The_handler_is_cancelled_when_its_caller_gives_up()
    {
        await using var host = await Hosts.StartAsync(_world);
        using var source = new CancellationTokenSource();
        var call = host.CreateClient().Probe().HangAsync("call", source.Token);
        await _world.Entered.NextAsync();

        await source.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
    }

    [TestMethod]
    public async Task The_handler_is_cancelled_when_the_caller_gave_up_while_the_link_was_away()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = host.CreateClient();
        using var source = new CancellationTokenSource();
        var call = client.Probe().HangAsync("call", source.Token);
        await _world.Entered.NextAsync();
        client.Link.IsRefusing = true;
        client.Link.Cut();

        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        client.Link.IsRefusing = false;

        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
    }

    [TestMethod]
    public async Task Both_ends_give_up_when_the_deadline_passes()
    {
        var clock = new FakeClock();
        await using var host = await Hosts.StartAsync(_world, clock);
        var client = host.CreateClient(configure: static options => options.CallTimeout = TimeSpan.FromSeconds(5));
        var call = client.Probe().HangAsync("call");
        await _world.Entered.NextAsync();

        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.IsFalse(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));

        await Check.FailsAsync(ErrorCodes.DeadlineExceeded, call);
        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
        await client.Probe().TouchAsync();
    }

    [TestMethod]
    public async Task The_deadline_passes_on_both_ends_when_the_link_is_away()
    {
        var clock = new FakeClock();
        await using var host = await Hosts.StartAsync(_world, clock);
        var client = host.CreateClient(configure: static options => options.CallTimeout = TimeSpan.FromSeconds(5));
        var call = client.Probe().HangAsync("call");
        await _world.Entered.NextAsync();
        client.Link.IsRefusing = true;
        client.Link.Cut();

        clock.Advance(TimeSpan.FromSeconds(6));

        await Check.FailsAsync(ErrorCodes.DeadlineExceeded, call);
        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
    }

    [TestMethod]
    public async Task The_handler_is_cancelled_when_the_reader_of_its_stream_stops()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = host.CreateClient();
        await foreach (var number in client.Probe().CountAsync(int.MaxValue))
        {
            if (number == 10)
            {
                break;
            }
        }

        await client.Probe().TouchAsync();
    }

    [TestMethod]
    public async Task A_stream_ends_with_cancellation_when_its_reader_cancels()
    {
        await using var host = await Hosts.StartAsync(_world);
        using var source = new CancellationTokenSource();
        var stream = host.CreateClient().Probe().CountAsync(int.MaxValue, source.Token).GetAsyncEnumerator();
        Assert.IsTrue(await stream.MoveNextAsync());

        await source.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            while (await stream.MoveNextAsync())
            {
            }
        });
    }
}
