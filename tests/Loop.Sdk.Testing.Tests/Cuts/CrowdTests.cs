using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Cuts;

[TestClass]
public sealed class CrowdTests
{
    private const int Clients = 200;
    private const int Calls = 30;
    private const int Numbers = 2_000;

    private readonly World _world = new();

    [TestMethod]
    public async Task Nothing_is_lost_or_doubled_when_all_clients_are_cut_at_once()
    {
        await using var host = await Hosts.StartAsync(_world);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => host.ConnectAsync($"user {number}")));

        var traffic = clients.Select((client, number) => Task.Run(() => UseAsync(client.Probe(), number))).ToArray();
        for (var wave = 0; wave < 3; wave++)
        {
            await Eventually.TrueAsync(() => _world.Echoes.Count > (wave + 1) * Clients * Calls / 5);
            foreach (var client in clients)
            {
                client.Link.Cut();
            }
        }

        await Task.WhenAll(traffic);
        Assert.HasCount(Clients * Calls, _world.Echoes);
        Assert.IsTrue(_world.Echoes.Values.All(static count => count == 1));
    }

    private static async Task UseAsync(IProbe probe, int number)
    {
        var counting = probe.CountAsync(Numbers).ToListAsync();
        var collecting = probe.CollectAsync(AsyncEnumerable.Range(1, Numbers));
        for (var call = 0; call < Calls; call++)
        {
            Assert.AreEqual($"{number}.{call}", await probe.EchoAsync($"{number}.{call}"));
        }

        Check.IsCount(Numbers, await counting);
        Check.IsCount(Numbers, await collecting);
    }
}
