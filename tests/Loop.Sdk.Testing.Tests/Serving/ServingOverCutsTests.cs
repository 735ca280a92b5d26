using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Serving;

[TestClass]
public sealed class ServingOverCutsTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task A_call_is_answered_once_when_the_link_is_cut_under_way()
    {
        await using var serving = await ServingClient.StartAsync(_world);
        var call = serving.Probe.HangAsync("call");
        await _world.Entered.NextAsync();

        serving.Client.Link.Cut();
        _world.Release.SetResult("answer");

        Assert.AreEqual("answer", await call);
        Assert.AreEqual(serving.Session.Id, serving.Client.Client.SessionId);
        Assert.AreEqual("after", await serving.Probe.EchoAsync("after"));
        Assert.AreEqual(1, _world.Echoes["after"]);
    }

    [TestMethod]
    public async Task A_stream_goes_on_without_loss_when_the_link_is_cut_under_way()
    {
        await using var serving = await ServingClient.StartAsync(_world);
        await using var items = serving.Probe.CountAsync(20_000).GetAsyncEnumerator();
        var taken = await items.TakeAsync(10);

        serving.Client.Link.Cut();
        taken.AddRange(await items.TakeAsync(19_990));

        Assert.IsFalse(await items.MoveNextAsync());
        Check.IsCount(20_000, taken);
        await serving.Client.Link.WaitForConnectionsAsync(2);
    }
}
