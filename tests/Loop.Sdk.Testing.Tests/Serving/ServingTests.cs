using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Serving;

[TestClass]
public sealed class ServingTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task Every_kind_of_method_works_when_the_server_calls_the_client()
    {
        await using var serving = await ServingClient.StartAsync(_world);

        Assert.AreEqual("text", await serving.Probe.EchoAsync("text"));
        await serving.Probe.TouchAsync();
        Check.IsCount(1_000, await serving.Probe.CountAsync(1_000).ToListAsync());
        Check.IsCount(1_000, await serving.Probe.CollectAsync(AsyncEnumerable.Range(1, 1_000)));
        CollectionAssert.AreEqual(new[] { 12, 14, 16 }, await serving.Probe.DoubleAsync(10, AsyncEnumerable.Range(1, 3)).ToListAsync());
        Assert.AreEqual(1, _world.Echoes["text"]);
        Assert.AreEqual(1, serving.Client.Link.Connections);
    }

    [TestMethod]
    public async Task Both_ends_answer_when_they_call_each_other_at_once()
    {
        await using var serving = await ServingClient.StartAsync(_world);
        var texts = Enumerable.Range(0, 200).Select(static number => $"call {number}").ToArray();

        var down = Task.WhenAll(texts.Select(text => serving.Probe.EchoAsync(text)));
        var up = Task.WhenAll(texts.Select(text => serving.Client.Probe().EchoAsync(text)));

        CollectionAssert.AreEqual(texts, await down);
        CollectionAssert.AreEqual(texts, await up);
    }

    [TestMethod]
    public async Task The_handler_is_cancelled_when_the_server_gives_up()
    {
        await using var serving = await ServingClient.StartAsync(_world);
        using var source = new CancellationTokenSource();
        var call = serving.Probe.HangAsync("call", source.Token);
        await _world.Entered.NextAsync();

        await source.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
    }

    [TestMethod]
    public async Task The_handler_is_cancelled_when_the_client_is_disposed_of()
    {
        await using var serving = await ServingClient.StartAsync(_world);
        var call = serving.Probe.HangAsync("call");
        await _world.Entered.NextAsync();

        await serving.Client.Client.DisposeAsync();

        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
        await Assert.ThrowsExactlyAsync<LoopException>(() => call);
    }

    [TestMethod]
    public void A_contract_is_refused_when_one_of_its_name_is_served_already()
    {
        var options = new ChannelClientOptions();
        options.Serve<IProbe>(new Probe(_world));

        Assert.ThrowsExactly<ArgumentException>(() => options.Serve<IProbe>(new Probe(_world)));
    }

    [TestMethod]
    public async Task A_client_does_not_serve_what_was_added_when_it_was_made_already()
    {
        ChannelClientOptions? kept = null;
        await using var serving = await ServingClient.StartAsync(_world, options => kept = options);

        kept!.Serve<IProbe>(new Probe(_world));

        await Check.FailsAsync(ErrorCodes.UnknownService, serving.Probe.TouchAsync());
    }
}
